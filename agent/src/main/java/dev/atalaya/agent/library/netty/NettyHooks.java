package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.List;
import java.util.Map;

/** Messages of HTTP that Netty's codecs read and write, by the pipeline that they go through. */
public final class NettyHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "reads",
        (pipeline, none, nothing, no) -> {
          Stream stream = pipeline == null ? null : Stream.of(pipeline);
          if (stream != null) stream.reads();
          return stream;
        });
    hooks.put(
        "hasRead",
        (stream, none, nothing, no) -> {
          if (stream instanceof Stream) ((Stream) stream).hasRead();
          return null;
        });
    hooks.put(
        "decoded",
        (pipeline, messages, before, none) -> {
          if (pipeline != null && messages instanceof List && before instanceof Integer) {
            decoded(recorder, pipeline, (List<?>) messages, (Integer) before);
          }
          return null;
        });
    hooks.put(
        "next",
        (pipeline, none, nothing, no) -> pipeline == null ? null : Stream.of(pipeline).goesOn());
    hooks.put(
        "encodes",
        (pipeline, message, none, nothing) -> {
          if (pipeline != null && message != null) encodes(recorder, pipeline, message);
          return null;
        });
    hooks.put(
        "queued",
        (task, message, none, nothing) -> {
          if ((Part.of(message) & Part.REQUEST) != 0) Sender.keep(recorder, task);
          return null;
        });
    hooks.put(
        "dequeued",
        (sender, task, none, nothing) -> {
          if (task != null) States.remove(task); // which is used again
          return sender instanceof Sender ? ((Sender) sender).enter() : null;
        });
    hooks.put(
        "written",
        (sender, none, nothing, no) -> {
          if (sender instanceof Sender) ((Sender) sender).leave();
          return null;
        });
    hooks.put(
        "closed",
        (pipeline, none, nothing, no) -> {
          Object known = States.get(pipeline);
          if (known instanceof Stream) ((Stream) known).closed();
          return null;
        });
  }

  private static void decoded(Recorder recorder, Object pipeline, List<?> messages, int from) {
    Stream stream = Stream.of(pipeline);
    for (int i = from; i < messages.size(); i++) {
      Object message = messages.get(i);
      int part = Part.of(message);
      if (part == 0) continue;
      Message read = new Message(message);
      if ((part & Part.REQUEST) == 0) stream.outgoing.answered(read, part);
      else stream.asked(recorder, pipeline, read);
    }
  }

  private static void encodes(Recorder recorder, Object pipeline, Object message) {
    int part = Part.of(message);
    if (part == 0) return;
    Stream stream = Stream.of(pipeline);
    Message written = new Message(message);
    if ((part & Part.REQUEST) == 0) stream.incoming.answers(written, part);
    else stream.outgoing.asks(recorder, pipeline, written);
  }
}
