package dev.atalaya.agent.library.armeria;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Contexts that Armeria has for requests: their routes, exceptions, and threads. */
public final class ArmeriaHooks implements LibraryHooks {
  /** What answers where no service is mapped, and what one mapped to whatever comes has. */
  private static final String EVERYTHING = "/*";

  private static final Getter CONFIG = new Getter("config");
  private static final Getter ROUTE = new Getter("route");
  private static final Getter PATTERN = new Getter("patternString");
  private static final Getter ROOT = new Getter("root");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (context, none, nothing, no) -> {
          Request request = recorder.current();
          Span root = request == null ? null : request.root();
          if (root == null || root.http() == null || root.endNanos() != 0) return null;
          States.put(context, root);
          String pattern = PATTERN.text(ROUTE.of(CONFIG.of(context)));
          if (!pattern.isEmpty() && !pattern.equals(EVERYTHING)) recorder.route(pattern);
          return null;
        });
    hooks.put(
        "failed",
        (context, error, none, nothing) -> {
          Span span = requestOf(context);
          if (span != null && error instanceof Throwable) {
            span.request().caught(cause((Throwable) error));
          }
          return null;
        });
    hooks.put(
        "pushed",
        (context, none, nothing, no) -> {
          Span span = requestOf(context);
          if (span != null) Pushed.enter(recorder, span);
          return null;
        });
    hooks.put(
        "popped",
        (context, restored, none, nothing) -> {
          Span span = requestOf(context);
          if (span != null && requestOf(restored) != span) Pushed.leave(recorder, span);
          return null;
        });
  }

  /** The request whose context that is, or that a client's is made in. */
  private static @Nullable Span requestOf(@Nullable Object context) {
    Object known = States.get(ROOT.of(context));
    return known instanceof Span ? (Span) known : null;
  }

  /** Without what reflection and futures put around it. */
  private static Throwable cause(Throwable error) {
    Throwable inner = error;
    for (Throwable next = error; next != null; next = next.getCause()) {
      inner = next;
      boolean around = next instanceof CompletionException;
      if (!around && !(next instanceof InvocationTargetException)) break;
    }
    return inner;
  }
}
