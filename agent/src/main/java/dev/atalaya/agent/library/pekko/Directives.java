package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** What the directives of routes do with a request. */
final class Directives {
  private Directives() {}

  static final class MatchLiteral {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "tried") int tried,
        @Advice.FieldValue("prefix$1") Object literal,
        @Advice.Argument(0) Object path,
        @Advice.Return Object matching) {
      Tracing.hook(tried, literal, path, matching);
    }
  }

  static final class MatchSlash {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "tried") int tried,
        @Advice.Argument(0) Object path,
        @Advice.Return Object matching) {
      Tracing.hook(tried, "/", path, matching);
    }
  }

  /** How often is the request's affair, not the route's. */
  static final class Repeat {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "repeated") int repeated,
        @Advice.Argument(0) Object path) {
      Tracing.hook(repeated, path);
    }
  }

  static final class Match {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHttpHooks.class, event = "matched") int matched,
        @Advice.Argument(0) Object rest) {
      Tracing.hook(matched, rest);
    }
  }

  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = PekkoHttpHooks.class, event = "completes") int completes,
        @Advice.FieldValue("unmatchedPath") Object rest) {
      Tracing.hook(completes, rest);
    }
  }

  static final class HandleException {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = PekkoHttpHooks.class, event = "caught") int caught,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(caught, error);
    }
  }
}
