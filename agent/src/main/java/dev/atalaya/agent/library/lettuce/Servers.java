package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.library.redis.RedisPeer;
import dev.atalaya.agent.library.redis.RedisTemplates;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.agent.trace.Template;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Describes spans by the server that their command goes to. That is known when it is written to a
 * connection; in a cluster that may happen again, after a redirection, and the last one stands.
 */
final class Servers {
  private final ClientCalls calls;
  private final RedisTemplates templates;

  Servers(ClientCalls calls) {
    this.calls = calls;
    templates = new RedisTemplates(calls.templates());
  }

  /** The command, or all of a collection, goes to the connection of {@code endpoint}. */
  void written(@Nullable Object endpoint, @Nullable Object peer, @Nullable Object command) {
    if (!(peer instanceof SocketAddress)) return;
    SocketAddress address = (SocketAddress) peer;
    if (command instanceof Collection) {
      for (Object one : (Collection<?>) command) {
        one(endpoint, address, Commands.innermost(one));
      }
    } else {
      one(endpoint, address, command);
    }
  }

  private void one(@Nullable Object endpoint, SocketAddress peer, @Nullable Object command) {
    Object state = States.get(command);
    if (state instanceof Batch) {
      Batch batch = (Batch) state;
      batch.peer = peer;
      state = batch.all;
    }
    if (state instanceof Sent) located((Sent) state, endpoint, peer);
  }

  private void located(Sent sent, @Nullable Object endpoint, SocketAddress peer) {
    Span span = sent.span;
    if (span == null) return;
    LettuceLink link = LettuceLink.of(endpoint);
    Datasource now = datasource(link, peer, sent.database);
    Template known = span.template();
    if (known == null || known.datasource != now) {
      span.describe(templates.of(now, sent.command, sent.pattern));
      if (known == null) calls.described(span);
    }
    if (link.node != null) link.node.describe(span);
  }

  /** The endpoint remembers the datasource of its channel. */
  private Datasource datasource(LettuceLink link, SocketAddress peer, int database) {
    Datasource known = link.datasource;
    if (known != null && link.peer == peer && link.database == database) return known;
    link.peer = peer;
    link.database = database;
    link.node = link.inCluster() ? RedisPeer.of(peer) : null;
    return link.datasource = datasource(database, peer, link.nodes);
  }

  Template template(Sent sent, @Nullable SocketAddress peer) {
    Datasource datasource = datasource(sent.database, peer, sent.nodes);
    return templates.of(datasource, sent.command, sent.pattern);
  }

  private Datasource datasource(
      int database, @Nullable SocketAddress peer, @Nullable RedisNodes nodes) {
    if (nodes != null && nodes.address != null) return templates.server(nodes.address, database);
    if (!(peer instanceof InetSocketAddress)) return templates.server(null, database);
    InetSocketAddress address = (InetSocketAddress) peer;
    return templates.server(address.getHostString() + ":" + address.getPort(), database);
  }
}
