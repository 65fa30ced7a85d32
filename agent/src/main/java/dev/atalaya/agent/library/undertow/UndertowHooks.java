package dev.atalaya.agent.library.undertow;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** What Undertow attaches to an exchange: the template that a router found, and exceptions. */
@NullMarked
public final class UndertowHooks implements LibraryHooks {
  private static final Getter TEMPLATE = new Getter("getMatchedTemplate");
  private static final Getter RESOLVED_PATH = new Getter("getResolvedPath");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (exchange, match, none, nothing) -> {
          Request request = recorder.current();
          String template = TEMPLATE.text(match);
          // What outer handlers have taken off the path before.
          String start = RESOLVED_PATH.text(exchange);
          if (request != null && !template.isEmpty()) request.innerRoute(start.concat(template));
          return null;
        });
    hooks.put(
        "failed",
        (exchange, error, none, nothing) -> {
          if (exchange != null && error instanceof Throwable) {
            ServerRequests.caught(exchange, (Throwable) error);
          }
          return null;
        });
  }
}
