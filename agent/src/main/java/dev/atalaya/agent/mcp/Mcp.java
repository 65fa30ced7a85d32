package dev.atalaya.agent.mcp;

import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers the messages of the Model Context Protocol, each by itself: there is no session and no
 * stream. All that can be asked for is read-only, and what the API has too.
 */
public final class Mcp {
  private static final String INSTRUCTIONS =
      "Atalaya watches this Java service from the inside and knows which statements, calls and"
          + " lines of code waste time. Begin with list_problems, which has the costliest first,"
          + " then get_problem for the line, the cause and the fix with code. After a fix is"
          + " deployed, list_problems says whether it is gone. Statements have no values in them,"
          + " and no tool changes anything.";

  /**
   * How long a client may keep the list of tools: as long as the agent runs, it does not change.
   */
  private static final int KEEP_MILLIS = 60_000;

  private final Tools tools;
  private final Map<String, Object> self = new LinkedHashMap<>();

  /** {@code sources} by the names that they have below {@code /api/}. */
  public Mcp(Map<String, Source> sources) {
    tools = new Tools(sources);
    Source doctor = sources.get("doctor");
    String version = new Value(doctor == null ? null : doctor.get(Query.ALL)).text("version");
    self.put("name", "atalaya");
    self.put("title", "Atalaya");
    self.put("version", version);
  }

  /** {@code headers}: the request's, by their names. */
  public Reply answer(String body, Function<String, @Nullable String> headers) {
    Object id = null;
    boolean handshake = true;
    try {
      Message message = Message.parse(body);
      id = message.id();
      message.check();
      if (message.isNotification()) return Reply.ACCEPTED;
      handshake = Revision.isByHandshake(message, headers);
      if (!handshake) Revision.check(message, headers);
      return Reply.json(200, response(id, "result", result(message, handshake)));
    } catch (RpcError error) {
      return Reply.json(error.status(handshake), response(id, "error", error.json()));
    }
  }

  private Map<String, Object> result(Message message, boolean handshake) throws RpcError {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultType", "complete");
    result.put("_meta", Collections.singletonMap("io.modelcontextprotocol/serverInfo", self));
    Map<?, ?> parameters = message.parameters();
    switch (message.method()) {
      case "initialize":
        if (!handshake) break;
        result.put("protocolVersion", Revision.agreed(parameters.get("protocolVersion")));
        result.put("serverInfo", self);
        return described(result);
      case "server/discover":
        if (handshake) break;
        result.put("supportedVersions", Revision.supported());
        return kept(described(result));
      case "ping":
        if (!handshake) break;
        return result;
      case "tools/list":
        if (parameters.get("cursor") != null) {
          throw new RpcError(RpcError.WRONG_PARAMETERS, "no such cursor: there is one page");
        }
        result.put("tools", tools.list());
        return kept(result);
      case "tools/call":
        result.putAll(tools.call(parameters));
        return result;
      default:
        break;
    }
    throw new RpcError(RpcError.NO_METHOD, "there is no such method");
  }

  private static Map<String, Object> described(Map<String, Object> result) {
    result.put("capabilities", Collections.singletonMap("tools", Collections.emptyMap()));
    result.put("instructions", INSTRUCTIONS);
    return result;
  }

  private static Map<String, Object> kept(Map<String, Object> result) {
    result.put("ttlMs", KEEP_MILLIS);
    result.put("cacheScope", "private");
    return result;
  }

  private static Map<String, @Nullable Object> response(
      @Nullable Object id, String key, Object value) {
    Map<String, @Nullable Object> response = new LinkedHashMap<>();
    response.put("jsonrpc", "2.0");
    response.put("id", id);
    response.put(key, value);
    return response;
  }
}
