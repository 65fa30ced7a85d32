package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request or a notification of JSON-RPC 2.0. */
final class Message {
  private static final int LONGEST_ID = 200;

  /** The largest number up to which a double has all whole ones. */
  private static final double WHOLE = 9_007_199_254_740_992.0;

  private final Map<?, ?> json;

  private Message(Map<?, ?> json) {
    this.json = json;
  }

  static Message parse(String body) throws RpcError {
    Object parsed;
    try {
      parsed = Json.parse(body);
    } catch (IllegalArgumentException malformed) {
      throw new RpcError(RpcError.NO_JSON, String.valueOf(malformed.getMessage()));
    }
    if (parsed instanceof Map) return new Message((Map<?, ?>) parsed);
    throw new RpcError(RpcError.NO_REQUEST, "expected one request or notification");
  }

  boolean isNotification() {
    return !json.containsKey("id");
  }

  /** To be sent back; null where there is none that could be. */
  @Nullable Object id() {
    Object id = json.get("id");
    if (id instanceof String) return ((String) id).length() <= LONGEST_ID ? id : null;
    if (!(id instanceof Double)) return null;
    double number = (Double) id;
    if (Double.isInfinite(number)) return null;
    return number == Math.rint(number) && Math.abs(number) <= WHOLE ? (Object) (long) number : id;
  }

  void check() throws RpcError {
    if (!"2.0".equals(json.get("jsonrpc"))) refuse("jsonrpc is not 2.0");
    if (!(json.get("method") instanceof String)) refuse("no method");
    if (!isNotification() && id() == null) refuse("the id is neither a text nor a number");
    Object parameters = json.get("params");
    if (parameters != null && !(parameters instanceof Map)) refuse("params is no object");
  }

  private static void refuse(String why) throws RpcError {
    throw new RpcError(RpcError.NO_REQUEST, why);
  }

  String method() {
    return String.valueOf(json.get("method"));
  }

  Map<?, ?> parameters() {
    return object(json.get("params"));
  }

  /** Empty where it is none. */
  static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map ? (Map<?, ?>) value : Collections.emptyMap();
  }
}
