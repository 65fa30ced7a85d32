package dev.atalaya.agent.library.pekko;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Requests to Pekko HTTP's server, from when its stage hands them to the handler until the answer
 * is rendered, or its entity has been; the paths of the routes that answer them; and the exceptions
 * that a handler of exceptions is asked for; and single requests to others.
 *
 * <p>The stages of a connection run in one go, so that a handler is called on the thread that has
 * begun its request. From there on an actor handles a message in the context that it was sent in, a
 * stream runs in the one that it was started in, and so does what is scheduled. An actor's mailbox
 * is a task that outlives many requests, and runs in none.
 */
@AutoService(LibraryInstrumentation.class)
public final class PekkoInstrumentation extends LibraryInstrumentation {
  private static final String[] PREFIXES = {"org.apache.pekko.", "akka."};

  public PekkoInstrumentation() {
    super("pekko");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ROUTE, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Pekko HTTP",
            "org.apache.pekko:pekko-http_2.13:1.0.0",
            "org.apache.pekko:pekko-http_2.13:1.3.0")
        .library(
            "Pekko Streams, under Pekko HTTP",
            "org.apache.pekko:pekko-stream_2.13:1.0.1",
            "org.apache.pekko:pekko-stream_2.13:1.7.0")
        .library("Akka HTTP", "com.typesafe.akka:akka-http_2.13:10.2.10")
        .library("Akka Streams, under Akka HTTP", "com.typesafe.akka:akka-stream_2.13:2.6.21")
        .limit(
            "What a path matcher takes has no name, so that a route is `/orders/*`, by the literals"
                + " of its matchers; what `pathSuffix` matches is not in its place.")
        .limit(
            "A request over HTTP/2 ends when its handler has answered, before an entity that streams.")
        .limit(
            "Builds for Scala 2.12 or 3, Akka HTTP 10.1, and requests that are sent through a flow of"
                + " the client's are not seen.")
        .limit("A request that is refused before a handler gets it is no span.");
  }

  @Override
  public void weave(Weaver weaver) {
    for (String prefix : PREFIXES) {
      weaveContext(weaver, prefix);
      weaveServer(weaver, prefix + "http.impl.engine.");
      weaveRoutes(weaver, prefix + "http.scaladsl.server.");
      weaver
          .in(prefix + "http.impl.engine.http2.Http2Blueprint$")
          .weave("$anonfun$handleWithStreamIdHeader$2", null, HandleStream.class);
      weaver.in(prefix + "http.scaladsl.HttpExt").weave("singleRequest", null, SingleRequest.class);
    }
  }

  private static void weaveContext(Weaver weaver, String prefix) {
    weaver
        .in(prefix + "dispatch.Mailbox")
        .weave("<init>", null, MakeMailbox.class)
        .weave("run", "()V", RunMailbox.class);
    weaver.in(prefix + "dispatch.Envelope").stateHolder().weave("<init>", null, Send.class);
    weaver.in(prefix + "actor.ActorCell").weave("invoke", null, Receive.class);
    weaver
        .in(prefix + "stream.impl.fusing.GraphInterpreterShell")
        .stateHolder()
        .weave("<init>", null, Start.class)
        .weave("init", null, Run.class)
        .weave("processEvent", null, Run.class);
    weaver
        .in(prefix + "actor.LightArrayRevolverScheduler$TaskHolder")
        .stateHolder()
        .weave("<init>", null, Schedule.class)
        .weave("executeTask", "()Z", Elapse.class);
    weaver
        .in(prefix + "stream.impl.fusing.GraphInterpreter")
        .weave("finalizeStage", null, ServerStages.StopStage.class);
  }

  private static void weaveServer(Weaver weaver, String engine) {
    String controller = engine + "server.HttpServerBluePrint$ControllerStage$$anon$9";
    String renderer = engine + "rendering.HttpResponseRendererFactory$HttpResponseRenderer$$anon$";
    String ofRenderer = renderer.replace('.', '$') + "$";
    weaver
        .in(controller)
        .stateHolder()
        .weave("openRequests_$eq", null, ServerStages.ChangeRequests.class)
        .weave("emitErrorResponse", null, ServerStages.Refuse.class);
    weaver.in(controller + "$$anon$13").weave("onUpstreamFailure", null, ServerStages.Fail.class);
    weaver
        .in(engine + "rendering.ResponseRenderingContext")
        .stateHolder()
        .weave("<init>", null, ServerStages.MakeAnswer.class);
    weaver
        .in(renderer + "1")
        .stateHolder()
        .weave(ofRenderer + "render", null, ServerStages.Render.class)
        .weave(ofRenderer + "stopTransfer", null, ServerStages.StopTransfer.class);
    weaver.in(renderer + "1$$anon$4").weave("onUpstreamFailure", null, ServerStages.BreakOff.class);
  }

  private static void weaveRoutes(Weaver weaver, String server) {
    String path = "(L" + server.replace('.', '/').replace("server/", "model/Uri$Path;)L");
    String match = path + server.replace('.', '/') + "PathMatcher$Matching;";
    weaver.in(server + "PathMatcher$$anon$5").weave("apply", match, Directives.MatchLiteral.class);
    weaver.in(server + "PathMatchers$Slash$").weave("apply", match, Directives.MatchSlash.class);
    weaver.in(server + "PathMatcher$$anon$3").weave("apply", match, Directives.Repeat.class);
    weaver
        .in(server + "RequestContextImpl")
        .weave("withUnmatchedPath", null, Directives.Match.class)
        .weave("complete", null, Directives.Complete.class)
        .weave("redirect", null, Directives.Complete.class);
    weaver
        .in(server + "ExceptionHandler$$anon$1")
        .weave(
            "apply", "(Ljava/lang/Throwable;)Lscala/Function1;", Directives.HandleException.class);
  }

  static final class MakeMailbox {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object mailbox) {
      Tracing.detach(mailbox); // as a ForkJoinTask it would run where the actor was made
    }
  }

  static final class RunMailbox {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = PekkoHooks.class, event = "apart") int apart,
        @Advice.This Object mailbox) {
      return (Call) Tracing.hook(apart, mailbox);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call before) {
      Tracing.end(before, null);
    }
  }

  static final class Send {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object envelope) {
      Tracing.attach(envelope);
    }
  }

  static final class Receive {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(@Advice.Argument(0) Object envelope) {
      return Tracing.resumeAttached(envelope);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Start {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHooks.class, event = "started") int started,
        @Advice.This Object stream) {
      Tracing.hook(started, stream);
    }
  }

  /** A stream handles what has come for it, and what follows from that. */
  static final class Run {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = PekkoHooks.class, event = "runs") int runs, @Advice.This Object stream) {
      return Tracing.hook(runs, stream);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHooks.class, event = "ran") int ran,
        @Advice.This Object stream,
        @Advice.Enter Object previous) {
      Tracing.undo(ran, stream);
      if (previous != null) Tracing.restore(previous);
    }
  }

  static final class Schedule {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PekkoHooks.class, event = "scheduled") int scheduled,
        @Advice.This Object task) {
      Tracing.hook(scheduled, task);
    }
  }

  /** The scheduler's thread hands the task to who runs it. */
  static final class Elapse {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = PekkoHooks.class, event = "runs") int runs, @Advice.This Object task) {
      return Tracing.hook(runs, task);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous) {
      if (previous != null) Tracing.restore(previous);
    }
  }
}
