package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.trace.Span;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** The node of a cluster that a connection leads to, as its spans show it. */
public final class RedisPeer {
  private final String address;
  private final Long port;

  private RedisPeer(String address, int port) {
    this.address = address;
    this.port = (long) port;
  }

  /** Of a socket or a socket's address; null where that is not known. */
  public static @Nullable RedisPeer of(@Nullable Object peer) {
    if (peer instanceof Socket) return of(((Socket) peer).getRemoteSocketAddress());
    if (!(peer instanceof InetSocketAddress)) return null;
    InetSocketAddress known = (InetSocketAddress) peer;
    if (known.getAddress() == null) return null;
    return new RedisPeer(known.getAddress().getHostAddress(), known.getPort());
  }

  public void describe(Span span) {
    span.attribute("network.peer.address", address);
    span.attribute("network.peer.port", port);
  }
}
