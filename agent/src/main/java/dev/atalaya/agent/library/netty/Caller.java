package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Assembly;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/** Who asks for a request that a connection sends later, on its event loop. */
public final class Caller {
  /** Whoever sends it asks for it. */
  static final Caller UNKNOWN = new Caller(null, null);

  private static final Getter PIPELINE = new Getter("pipeline");

  private final @Nullable Object context;
  private final @Nullable Object line;

  /**
   * @param context what {@link Recorder#capture} told where it was asked for
   * @param line what {@link Assembly#here} told where it was made
   */
  public Caller(@Nullable Object context, @Nullable Object line) {
    this.context = context;
    this.line = line;
  }

  /** The next request on that channel is this one's. */
  public void sendsOn(@Nullable Object channel) {
    Object pipeline = PIPELINE.of(channel);
    if (pipeline != null) Stream.of(pipeline).outgoing.caller(this);
  }

  /** Begins it, on no thread. */
  public @Nullable Span request(Recorder recorder, String method, String url) {
    Object before = context == null ? null : recorder.resume(context);
    if (line != null) Assembly.enter(line);
    try {
      Span span = recorder.request(method, url);
      if (span != null) span.detach();
      return span;
    } finally {
      if (line != null) Assembly.leave();
      if (before != null) recorder.restore(before);
    }
  }
}
