package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * The stages of a server's connection: the one that hands requests to the handler and keeps a queue
 * of those that are not answered, and the one that renders answers.
 */
final class ServerStages {
  private ServerStages() {}

  static final class ChangeRequests {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "asked") int asked,
        @HookNumber(in = PekkoHttpHooks.class, event = "answers") int answers,
        @Advice.This Object stage,
        @Advice.Argument(0) Object queue) {
      Tracing.hook(asked, stage, queue);
      Tracing.undo(answers, stage, queue);
    }
  }

  static final class Refuse {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = PekkoHttpHooks.class, event = "refuses") int refuses,
        @Advice.This Object stage) {
      Tracing.hook(refuses, stage);
    }
  }

  /** The handler has failed. */
  static final class Fail {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = PekkoHttpHooks.class, event = "failed") int failed,
        @Advice.FieldValue("$outer") Object stage,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(failed, stage, error);
    }
  }

  static final class MakeAnswer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "made") int made,
        @Advice.This Object answer) {
      Tracing.hook(made, answer);
    }
  }

  static final class Render {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "rendered") int rendered,
        @Advice.This Object stage,
        @Advice.Argument(0) Object answer,
        @Advice.Return Object result) {
      Tracing.hook(rendered, stage, answer, result);
    }
  }

  static final class StopTransfer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "written") int written,
        @Advice.This Object stage) {
      Tracing.undo(written, stage);
    }
  }

  /** An entity fails while it is written. */
  static final class BreakOff {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = PekkoHttpHooks.class, event = "brokenOff") int brokenOff,
        @Advice.FieldValue("$outer") Object stage,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(brokenOff, stage, error);
    }
  }

  static final class StopStage {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "stopped") int stopped,
        @Advice.Argument(0) Object stage) {
      Tracing.undo(stopped, stage);
    }
  }
}
