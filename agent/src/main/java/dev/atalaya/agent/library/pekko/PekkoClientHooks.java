package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests that are sent, and what their futures complete with. */
public final class PekkoClientHooks implements LibraryHooks {
  private static final Getter METHOD = new Getter("method");
  private static final Getter VALUE = new Getter("value");
  private static final Getter URI = new Getter("uri");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asks",
        (request, none, nothing, no) ->
            request == null
                ? null
                : recorder.request(VALUE.text(METHOD.of(request)), URI.text(request)));
    hooks.put(
        "withTrace",
        (call, request, none, nothing) -> {
          if (!(call instanceof Span) || request == null) return null;
          SentHeaders headers = new SentHeaders(request);
          recorder.inject((Span) call, headers, headers);
          return headers.request();
        });
    hooks.put(
        "answeredLater",
        (call, future, none, nothing) -> {
          if (call instanceof Call) answeredLater((Call) call, future);
          return null;
        });
  }

  private static void answeredLater(Call call, @Nullable Object future) {
    call.detach();
    boolean told = future != null && FutureEnd.of(future, result -> answered(call, result));
    if (!told) call.end(null);
  }

  private static void answered(Call call, Object result) {
    Answer answer = new Answer(result);
    call.status(answer.status());
    call.end(answer.error());
  }
}
