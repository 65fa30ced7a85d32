package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a connection has brought and that are not answered yet, in their order, which is
 * that of the answers, too. They are known by the queue that the server's stage keeps of them.
 */
final class ServerConnection {
  private static final String CLOSED = "java.nio.channels.ClosedChannelException";

  private static final Getter LENGTH = new Getter("length");
  private static final Getter LAST = new Getter("last");

  /** Stands for a request that is not recorded. */
  private static final Object UNSEEN = new Object();

  private final ArrayDeque<Object> unanswered = new ArrayDeque<>(2);

  /** The one whose answer is under way. */
  private @Nullable Span answering;

  static ServerConnection of(Object stage) {
    Object known = States.get(stage);
    if (known instanceof ServerConnection) return (ServerConnection) known;
    ServerConnection connection = new ServerConnection();
    States.put(stage, connection);
    return connection;
  }

  /** Where the queue has grown, the handler gets the request on this thread. */
  void asked(Recorder recorder, @Nullable Object queue) {
    Object request = LENGTH.number(queue) > unanswered.size() ? LAST.of(queue) : null;
    if (request == null) return;
    leave(recorder); // a request that comes while another waits for its answer
    Span span = new RequestHead(request).serve(recorder);
    if (span != null) ServerRequests.begun(span);
    unanswered.add(span == null ? UNSEEN : span);
  }

  /** Where the queue has shrunk, the answer to its first is rendered on this thread. */
  void answers(Recorder recorder, @Nullable Object queue) {
    if (LENGTH.number(queue) >= unanswered.size()) return;
    Object first = unanswered.poll();
    answering = first instanceof Span ? (Span) first : null;
    goesOn(recorder, answering);
    if (answering != null) MatchedPath.answeredByNow(recorder);
  }

  /** The server itself answers the first, which the handler will not. */
  void refuses(Recorder recorder) {
    Object first = unanswered.peek();
    if (first instanceof Span) goesOn(recorder, (Span) first);
  }

  void failed(Throwable error) {
    Object first = unanswered.peek();
    if (first instanceof Span) ((Span) first).request().caught(error);
  }

  /** What is not answered by now never will be; what is being rendered goes on. */
  void closed() {
    for (Object next; (next = unanswered.poll()) != null; ) {
      if (next instanceof Span) lost((Span) next);
    }
    if (answering != null) lost(answering);
  }

  /** This thread is done with the request that it has had from a connection. */
  static void leave(Recorder recorder) {
    Request current = recorder.isQuiet() || !recorder.serving() ? null : recorder.current();
    Span root = current == null ? null : current.root();
    if (root != null) ServerRequests.left(root);
  }

  private static void goesOn(Recorder recorder, @Nullable Span span) {
    leave(recorder);
    if (span != null) ServerRequests.goesOn(span);
  }

  private static void lost(Span span) {
    if (span.status() != 0) return;
    span.error(CLOSED, null);
    ServerRequests.completed(span, 0);
  }
}
