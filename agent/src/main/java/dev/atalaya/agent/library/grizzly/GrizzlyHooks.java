package dev.atalaya.agent.library.grizzly;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Where a thread of Grizzly's is done with a request, whatever became of that. */
@NullMarked
public final class GrizzlyHooks implements LibraryHooks {
  private static final Getter MESSAGE = new Getter("getMessage");
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter STATUS = new Getter("getStatus");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "read",
        (context, error, none, nothing) -> {
          Request current = recorder.current();
          Span root = current == null ? null : current.root();
          if (root != null && recorder.serving()) ServerRequests.left(root);
          if (error != null) broken(MESSAGE.of(context));
          return null;
        });
  }

  /** Its client is gone, most likely: Grizzly closes the connection, and says no more. */
  private static void broken(@Nullable Object response) {
    Object request = REQUEST.of(response);
    if (request != null && ServerRequests.isOpen(request)) {
      ServerRequests.completed(request, STATUS.number(response));
    }
  }
}
