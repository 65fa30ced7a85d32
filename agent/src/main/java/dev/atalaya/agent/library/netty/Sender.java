package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Assembly;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import dev.atalaya.agent.trace.Subscribed;
import org.jspecify.annotations.Nullable;

/** Who writes a request that its connection's thread is to send, and from which line. */
final class Sender {
  private final Subscribed context;
  private final @Nullable Object line;

  private @Nullable Object previous;

  private Sender(Subscribed context, @Nullable Object line) {
    this.context = context;
    this.line = line;
  }

  static void keep(Recorder recorder, @Nullable Object task) {
    Subscribed context = Subscribed.here();
    if (context != null) States.put(task, new Sender(context, recorder.assembly().here()));
  }

  Sender enter() {
    if (line != null) Assembly.enter(line);
    previous = Subscribed.enter(context);
    return this;
  }

  void leave() {
    Subscribed.leave(previous);
    if (line != null) Assembly.leave();
  }
}
