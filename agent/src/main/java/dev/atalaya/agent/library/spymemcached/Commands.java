package dev.atalaya.agent.library.spymemcached;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Open;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * From a command's sending, on the application's thread, to its completion on the connection's.
 * What is known of it is kept with its callback; a command with nothing kept is not recorded.
 */
final class Commands {
  private final ClientCalls calls;

  Commands(ClientCalls calls) {
    this.calls = calls;
  }

  void send(@Nullable Object callback, @Nullable Object operation) {
    if (operation != null) send(callback, Command.of(operation), 1);
  }

  /** A get of many keys, in parts for the servers that have them. */
  void sendAll(@Nullable Object callback, Collection<?> operations) {
    send(callback, Command.bulk(operations), operations.size());
  }

  private void send(@Nullable Object callback, Command command, int parts) {
    if (callback == null || States.get(callback) != null) return;
    Open thread = Open.get();
    Span span = calls.begin(thread, command.name);
    if (span == null) return;
    // Which server it goes to is not known yet: it counts as one operation for all of them.
    long key = Hash.of64(command.text);
    calls.count(thread, span, key, command.keys, command.keys, command.readsMany());
    span.detach();
    States.put(callback, new Sent(calls, command, span, parts));
  }

  static void located(@Nullable Object callback, @Nullable Object address) {
    Sent sent = sent(callback);
    if (sent != null) sent.located(address);
  }

  static void found(@Nullable Object callback) {
    Sent sent = sent(callback);
    if (sent != null) sent.found();
  }

  static void answered(@Nullable Object callback, @Nullable Object status) {
    Sent sent = sent(callback);
    if (sent != null) sent.answered(status);
  }

  static void completed(@Nullable Object callback) {
    Sent sent = sent(callback);
    if (callback == null || sent == null || !sent.completed()) return;
    States.remove(callback);
    sent.end(null);
  }

  static void refused(@Nullable Object callback, @Nullable Throwable error) {
    Sent sent = sent(callback);
    if (callback == null || sent == null) return;
    States.remove(callback);
    sent.end(error);
  }

  private static @Nullable Sent sent(@Nullable Object callback) {
    Object state = States.get(callback);
    return state instanceof Sent ? (Sent) state : null;
  }
}
