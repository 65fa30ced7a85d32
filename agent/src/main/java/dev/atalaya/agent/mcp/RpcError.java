package dev.atalaya.agent.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that is answered by one of the errors of JSON-RPC 2.0 or of the protocol. */
final class RpcError extends Exception {
  static final int NO_JSON = -32700;
  static final int NO_REQUEST = -32600;
  static final int NO_METHOD = -32601;
  static final int WRONG_PARAMETERS = -32602;
  static final int INTERNAL = -32603;
  static final int OTHER_HEADER = -32020;
  static final int OTHER_REVISION = -32022;

  private final int code;
  private @Nullable Object data;

  RpcError(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  RpcError with(Object details) {
    data = details;
    return this;
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("code", code);
    error.put("message", getMessage());
    if (data != null) error.put("data", data);
    return error;
  }

  /**
   * HTTP's status. With a handshake before it, a message that could be read is answered by 200 even
   * where what it asks for is not there.
   */
  int status(boolean handshake) {
    if (code == INTERNAL) return 200;
    if (code == NO_JSON || code == NO_REQUEST || code == OTHER_HEADER) return 400;
    if (handshake) return 200;
    return code == NO_METHOD ? 404 : 400;
  }
}
