package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to Pekko HTTP's server, their answers, and what their paths are matched by. */
public final class PekkoHttpHooks implements LibraryHooks {
  private static final Getter RESPONSE = new Getter("response");

  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    offerRequests(recorder, hooks);
    offerAnswers(recorder, hooks);
    offerRoutes(recorder, hooks);
  }

  private static void offerRequests(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asked",
        (stage, queue, none, nothing) -> {
          if (stage != null) ServerConnection.of(stage).asked(recorder, queue);
          return null;
        });
    hooks.put(
        "answers",
        (stage, queue, none, nothing) -> {
          if (stage != null) ServerConnection.of(stage).answers(recorder, queue);
          return null;
        });
    hooks.put(
        "refuses",
        (stage, none, nothing, no) -> {
          if (stage != null) ServerConnection.of(stage).refuses(recorder);
          return null;
        });
    hooks.put(
        "failed",
        (stage, error, none, nothing) -> {
          boolean known = stage != null && error instanceof Throwable;
          if (known) ServerConnection.of(stage).failed((Throwable) error);
          return null;
        });
  }

  private static void offerAnswers(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (answer, none, nothing, no) -> {
          Request request = recorder.serving() ? recorder.current() : null;
          Span root = request == null ? null : request.root();
          if (root != null) States.put(answer, root);
          return null;
        });
    hooks.put(
        "rendered",
        (stage, answer, rendered, none) -> {
          Object known = States.get(answer);
          Object response = RESPONSE.of(answer);
          int status = Answer.statusOf(response);
          boolean last = status >= 200 || status == SWITCHING_PROTOCOLS;
          if (!last || !(known instanceof Span)) return null;
          // What asked for HTTP/2 is answered there, as the first of its streams.
          boolean again = status == SWITCHING_PROTOCOLS && RequestHead.asksForHttp2(response);
          if (again) ((Span) known).request().discard();
          rendered(stage, (Span) known, status, rendered);
          return null;
        });
    hooks.put(
        "brokenOff",
        (stage, error, none, nothing) -> {
          Object known = States.get(stage);
          boolean broken = known instanceof Span && error instanceof Throwable;
          if (broken) ((Span) known).failed(Failure.of((Throwable) error));
          return null;
        });
    hooks.put("written", (stage, none, nothing, no) -> written(stage));
    hooks.put(
        "stopped",
        (stage, none, nothing, no) -> {
          if (stage == null || !Stage.isHttp(stage)) return null;
          Object known = States.get(stage);
          if (known instanceof ServerConnection) ((ServerConnection) known).closed();
          return written(stage);
        });
  }

  private static void offerRoutes(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "tried",
        (literal, path, matching, none) -> {
          Object rest = literal == null ? null : MatchedPath.rest(matching); // mostly none
          MatchedPath matched = rest == null ? null : MatchedPath.current(recorder);
          if (matched != null) matched.found(literal, path, rest);
          return null;
        });
    hooks.put(
        "repeated",
        (path, none, nothing, no) -> {
          MatchedPath matched = MatchedPath.current(recorder);
          if (matched != null) matched.forget(MatchedPath.characters(path));
          return null;
        });
    hooks.put(
        "matched",
        (rest, none, nothing, no) -> {
          MatchedPath matched = MatchedPath.current(recorder);
          if (matched != null) matched.matched(MatchedPath.characters(rest));
          return null;
        });
    hooks.put(
        "completes",
        (rest, none, nothing, no) -> {
          MatchedPath matched = MatchedPath.current(recorder);
          if (matched != null) matched.answered(recorder, MatchedPath.characters(rest));
          return null;
        });
    hooks.put(
        "caught",
        (error, none, nothing, no) -> {
          MatchedPath matched = MatchedPath.current(recorder);
          if (matched != null) matched.answered(recorder);
          if (error instanceof Throwable) recorder.caught((Throwable) error);
          return null;
        });
  }

  /** The entity of what is not strict follows. */
  private static void rendered(
      @Nullable Object stage, Span request, int status, @Nullable Object rendered) {
    request.status(status);
    boolean strict = rendered != null && rendered.getClass().getName().endsWith("$Strict");
    if (strict) ServerRequests.completed(request, status);
    else States.put(stage, request);
  }

  private static @Nullable Object written(@Nullable Object stage) {
    Object known = States.get(stage);
    if (stage == null || !(known instanceof Span)) return null;
    States.remove(stage);
    ServerRequests.completed((Span) known, ((Span) known).status());
    return null;
  }
}
