package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A remote procedure call as it came or went, and how it was answered. */
public final class RpcCall {
  /** The status of every call that succeeded. */
  private static final String OK = "OK";

  /**
   * By the conventions, the statuses that are an error of the server's, and not of the caller's.
   */
  private static final Set<String> SERVER_ERRORS =
      new HashSet<>(
          Arrays.asList(
              "UNKNOWN",
              "DEADLINE_EXCEEDED",
              "UNIMPLEMENTED",
              "INTERNAL",
              "UNAVAILABLE",
              "DATA_LOSS"));

  /** Semantic conventions' {@code rpc.system.name}. */
  public final String system;

  /** As it was asked for, {@code shop.Stock/Find}; whether there is such a method or not. */
  public final String asked;

  /** Of the server, as its client calls it. */
  public final @Nullable String host;

  /** Below 1 where unknown. */
  public final int port;

  /**
   * Whether there is such a method. A server learns that after the call began, a client from its
   * stub.
   */
  private boolean known;

  /** Whether it streams messages: it then lasts as long as either side likes. */
  private boolean streams;

  /** Outgoing: its thread had a transaction open. */
  boolean inTransaction;

  private @Nullable String status;
  private @Nullable Throwable cause;

  /** {@code authority} is {@code host:port}, or the host alone. */
  public RpcCall(String system, String asked, @Nullable String authority) {
    this.system = system;
    this.asked = asked;
    String server = authority == null ? "" : authority;
    int colon = server.lastIndexOf(':');
    boolean hasPort = colon >= 0 && server.indexOf(']', colon) < 0;
    port = hasPort ? HttpExchange.port(server.substring(colon + 1)) : 0;
    host = port > 0 ? server.substring(0, colon) : authority;
  }

  /** The method that was asked for exists. */
  public void known(boolean streaming) {
    known = true;
    streams = streaming;
  }

  /** What the client sees of the answer, and the exception behind it where one is known. */
  public void answered(String status, @Nullable Throwable cause) {
    this.status = status;
    this.cause = cause;
  }

  /** {@code rpc.response.status_code}; null where there was no answer. */
  public @Nullable String status() {
    return status;
  }

  /** Whether its duration tells nothing of how fast it was answered. */
  public boolean streams() {
    return streams;
  }

  public boolean isKnown() {
    return known;
  }

  /** {@code rpc.method}: {@code _OTHER} for a method that the server does not have. */
  public String methodLabel() {
    return known ? asked : "_OTHER";
  }

  String name() {
    return known ? asked : system;
  }

  /** Where it goes and what is asked for: {@code grpc://stock:5000/shop.Stock/Find}. */
  public String operation() {
    String server = host == null ? "" : port > 0 ? host + ":" + port : host;
    return system + "://" + server + "/" + asked;
  }

  /** The same for all calls of one method of one server. */
  long key() {
    return (Hash.of64(asked) * 31 + (host == null ? 0 : host.hashCode())) * 31 + port;
  }

  /** The failure that its answer is; null where it is none. */
  @Nullable Failure failure(boolean served) {
    String code = status;
    if (code == null) return null;
    if (served ? !SERVER_ERRORS.contains(code) : code.equals(OK)) return null;
    return Failure.answered(code, cause);
  }
}
