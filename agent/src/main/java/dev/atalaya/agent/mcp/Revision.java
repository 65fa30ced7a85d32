package dev.atalaya.agent.mcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's revisions. Since 2026-07-28 each request says which it follows, in its {@code
 * _meta} and in headers that must agree with what it asks; before, a handshake settled it, and what
 * followed named it in a header alone.
 */
final class Revision {
  private static final List<String> BY_REQUEST = Collections.singletonList("2026-07-28");

  /** The newest first. */
  private static final List<String> BY_HANDSHAKE = Arrays.asList("2025-11-25", "2025-06-18");

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String HEADER = "MCP-Protocol-Version";

  private Revision() {}

  static List<String> supported() {
    List<String> all = new ArrayList<>(BY_REQUEST);
    all.addAll(BY_HANDSHAKE);
    return all;
  }

  /** What a handshake settles on: what is asked for, or else the newest. */
  static String agreed(@Nullable Object asked) {
    return asked instanceof String && BY_HANDSHAKE.contains(asked)
        ? (String) asked
        : BY_HANDSHAKE.get(0);
  }

  /** Whether a handshake came before it, or it is that. */
  static boolean isByHandshake(Message message, Function<String, @Nullable String> headers) {
    if (meta(message).containsKey(PREFIX + "protocolVersion")) return false;
    String named = headers.apply(HEADER);
    return named == null || BY_HANDSHAKE.contains(named) || message.method().equals("initialize");
  }

  /** Of a request that says it itself. */
  static void check(Message message, Function<String, @Nullable String> headers) throws RpcError {
    Map<?, ?> meta = meta(message);
    Object revision = meta.get(PREFIX + "protocolVersion");
    if (!(revision instanceof String)) throw missing("protocolVersion");
    if (!(meta.get(PREFIX + "clientCapabilities") instanceof Map)) {
      throw missing("clientCapabilities");
    }
    same(HEADER, (String) revision, headers);
    same("Mcp-Method", message.method(), headers);
    Object name = message.parameters().get("name");
    if (message.method().equals("tools/call") && name instanceof String) {
      same("Mcp-Name", (String) name, headers);
    }
    if (BY_REQUEST.contains(revision)) return;
    Map<String, Object> versions = new LinkedHashMap<>();
    versions.put("supported", supported());
    versions.put("requested", revision);
    throw new RpcError(RpcError.OTHER_REVISION, "this revision is not supported").with(versions);
  }

  private static Map<?, ?> meta(Message message) {
    return Message.object(message.parameters().get("_meta"));
  }

  private static RpcError missing(String key) {
    return new RpcError(RpcError.WRONG_PARAMETERS, "params._meta has no " + PREFIX + key);
  }

  private static void same(
      String header, String expected, Function<String, @Nullable String> headers) throws RpcError {
    if (expected.equals(plain(headers.apply(header)))) return;
    throw new RpcError(RpcError.OTHER_HEADER, header + " is not what the body has");
  }

  /** What a header cannot hold as it is comes as {@code =?base64?...?=}. */
  private static @Nullable String plain(@Nullable String value) {
    if (value == null || !value.startsWith("=?base64?") || !value.endsWith("?=")) return value;
    try {
      byte[] text = Base64.getDecoder().decode(value.substring(9, Math.max(9, value.length() - 2)));
      return new String(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
