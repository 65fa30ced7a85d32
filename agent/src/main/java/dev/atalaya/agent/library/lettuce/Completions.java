package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.ErrorReply;
import dev.atalaya.agent.library.redis.RedisHits;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/** Ends the spans of commands that have their answer, or that nobody waits for any more. */
final class Completions {
  private static final Getter ERROR = new Getter("getError");
  private static final Getter VALUE = new Getter("get");

  private final ClientCalls calls;
  private final Servers servers;

  Completions(ClientCalls calls, Servers servers) {
    this.calls = calls;
    this.servers = servers;
  }

  /** The answer is in {@code output}, or {@code error} came instead; both null says nothing. */
  void completed(@Nullable Object command, @Nullable Object output, @Nullable Throwable error) {
    Object state = States.get(command);
    if (command == null || state == null || (output == null && error == null)) return;
    States.remove(command);
    Object refused = ERROR.of(output);
    Failure failure = null;
    if (refused != null) failure = ErrorReply.of(refused.toString());
    else if (error != null) failure = ErrorReply.thrown(error);
    if (state instanceof Sent) completed((Sent) state, output, failure);
    else if (state instanceof Batch) completed((Batch) state, failure);
  }

  private void completed(Sent sent, @Nullable Object output, @Nullable Failure failure) {
    Span span = sent.span;
    if (span == null) return;
    Template template = described(sent, span);
    if (failure == null && sent.command.isLookup()) {
      span.rows(RedisHits.count(calls, template.datasource, VALUE.of(output)));
    } else if (failure == null && sent.command.isMultiRead()) {
      span.rows(RedisHits.members(sent.command, VALUE.of(output)));
    }
    end(span, failure);
  }

  private void completed(Batch batch, @Nullable Failure failure) {
    Sent all = batch.all;
    Span span = all == null ? null : all.span;
    if (span != null && failure != null) span.failed(failure);
    if (!batch.answered() || all == null || span == null) return;
    described(all, span);
    span.end(null);
  }

  /** Nobody waits for the answer any more. */
  void cancelled(@Nullable Object command) {
    Object state = States.get(command);
    if (command == null || state == null) return;
    States.remove(command);
    Failure failure = Failure.answered("java.util.concurrent.CancellationException", null, null);
    if (state instanceof Sent) completed((Sent) state, null, failure);
    else if (state instanceof Batch) completed((Batch) state, failure);
  }

  private static void end(Span span, @Nullable Failure failure) {
    if (failure != null) span.failed(failure);
    span.end(null);
  }

  /**
   * Describes the span, where it was never written to a connection, by where it was meant to go.
   */
  private Template described(Sent sent, Span span) {
    Template known = span.template();
    if (known != null) return known;
    Template template = servers.template(sent, null);
    span.describe(template);
    return template;
  }
}
