package dev.atalaya.agent.library.armeria;

import dev.atalaya.agent.library.netty.Caller;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose a request of Armeria's client is; the spans of those that are sent are Netty's. */
public final class ArmeriaClientHooks implements LibraryHooks {
  private static final Getter WHOLE = new Getter("unwrapAll"); // not in the oldest
  private static final Getter REQUEST = new Getter("request");
  private static final Getter HEADERS = new Getter("headers");
  private static final Getter METHOD = new Getter("method");
  private static final Getter SCHEME = new Getter("scheme");
  private static final Getter AUTHORITY = new Getter("authority");
  private static final Getter PATH = new Getter("path");
  private static final Getter ENDPOINT = new Getter("endpoint");

  private static final String UNPROCESSED =
      "com.linecorp.armeria.client.UnprocessedRequestException";

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (context, from, none, nothing) -> {
          States.put(context, Asked.of(recorder, States.get(from)));
          return null;
        });
    hooks.put(
        "sends",
        (context, channel, none, nothing) -> {
          Asked asked = of(context);
          if (asked == null) return null;
          asked.told = true;
          asked.caller.sendsOn(channel);
          return null;
        });
    hooks.put(
        "ended",
        (context, error, none, nothing) -> {
          Asked asked = of(context);
          if (asked == null || asked.told || !(error instanceof Throwable)) return null;
          asked.told = true;
          neverSent(recorder, asked.caller, context, (Throwable) error);
          return null;
        });
  }

  private static @Nullable Asked of(@Nullable Object context) {
    Object whole = WHOLE.of(context);
    Object known = States.get(whole == null ? context : whole);
    return known instanceof Asked ? (Asked) known : null;
  }

  /** Where there was no connection, or none could be made. */
  private static void neverSent(
      Recorder recorder, Caller caller, @Nullable Object context, Throwable error) {
    Object headers = HEADERS.of(REQUEST.of(context));
    if (headers == null || !error.getClass().getName().equals(UNPROCESSED)) return;
    String scheme = SCHEME.text(headers);
    String authority = AUTHORITY.text(headers);
    if (authority.isEmpty()) authority = AUTHORITY.text(ENDPOINT.of(context));
    String url = (scheme.isEmpty() ? "http" : scheme) + "://" + authority + PATH.text(headers);
    Span span = caller.request(recorder, METHOD.text(headers), url);
    if (span != null) span.end(error.getCause() == null ? error : error.getCause());
  }

  /** Kept with its context. */
  private static final class Asked {
    final Caller caller;

    /** Its span is there, or is that of a context which was derived from this one's. */
    boolean told;

    private Asked(Caller caller) {
      this.caller = caller;
    }

    /** {@code before}: of the context that this one's is derived from, to try once more. */
    static Asked of(Recorder recorder, @Nullable Object before) {
      if (!(before instanceof Asked)) {
        return new Asked(new Caller(recorder.capture(), recorder.assembly().here()));
      }
      ((Asked) before).told = true;
      return new Asked(((Asked) before).caller);
    }
  }
}
