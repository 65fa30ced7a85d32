package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Open;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.net.SocketAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans: what a command is, is kept with it from its dispatch to its completion, on whatever
 * threads. A command that nothing is kept with is not recorded.
 */
final class Dispatches {
  private final ClientCalls calls;
  private final Servers servers;

  Dispatches(ClientCalls calls, Servers servers) {
    this.calls = calls;
    this.servers = servers;
  }

  void dispatch(
      @Nullable Object connection,
      @Nullable Object command,
      byte[] name,
      @Nullable Object arguments) {
    LettuceLink link = LettuceLink.of(connection);
    Sent sent = Commands.sent(link, connection, RedisCommand.of(name), arguments);
    if (sent == null || States.get(command) != null) return;
    int size = sent.command == RedisCommand.MULTI ? link.queued : 1;
    Batch batch = link.batch;
    if (batch != null && link.buffering) {
      batch.add(sent);
      States.put(command, batch);
      return;
    }
    sent.span = begin(sent, size);
    if (sent.span != null) States.put(command, sent);
  }

  /** Several commands, possibly wrapped ones, go out together. */
  void dispatch(@Nullable Object connection, Collection<?> commands) {
    LettuceLink link = LettuceLink.of(connection);
    Batch waiting = link.buffering ? link.batch : null;
    Batch batch = waiting == null ? new Batch() : waiting;
    for (Object command : commands) {
      RedisCommand known = Commands.of(command);
      if (known == null) continue;
      Sent sent = Commands.sent(link, connection, known, Commands.arguments(command));
      Object innermost = Commands.innermost(command);
      if (sent == null || States.get(innermost) != null) continue;
      batch.add(sent);
      States.put(innermost, batch);
    }
    if (waiting == null) send(batch);
  }

  /** Commands wait for a flush from now on, or no more. */
  void buffering(@Nullable Object connection, boolean on) {
    LettuceLink link = LettuceLink.of(connection);
    link.buffering = on;
    if (on && link.batch == null) link.batch = new Batch();
  }

  void flush(@Nullable Object connection) {
    LettuceLink link = LettuceLink.of(connection);
    Batch batch = link.batch;
    if (batch == null) return;
    link.batch = link.buffering ? new Batch() : null;
    send(batch);
  }

  private void send(Batch batch) {
    Sent first = batch.first;
    int size = batch.size();
    if (first == null || size == 0) return;
    Sent all =
        size == 1
            ? first
            : new Sent(RedisCommand.PIPELINE, null, first.database, 0, 0, first.nodes);
    all.span = begin(all, size);
    if (all.span == null) return;
    SocketAddress peer = batch.peer;
    if (peer != null) all.span.describe(servers.template(all, peer));
    batch.all = all;
  }

  private @Nullable Span begin(Sent sent, int size) {
    Open thread = Open.get();
    Span span = calls.begin(thread, sent.command.name);
    if (span == null) return null;
    if (size > 1) span.batchSize(size);
    // Which node it goes to is not known yet: it counts as one operation for all of them.
    long key = Hash.of64(sent.command.text(sent.pattern)) * 31 + sent.database;
    int values = size > 1 ? Hash.of(span.id()) : sent.values;
    calls.count(thread, span, key, sent.keyValue, values, sent.command.isMultiRead());
    span.detach();
    return span;
  }
}
