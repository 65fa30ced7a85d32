package dev.atalaya.agent.library.jetty;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/**
 * Requests that Jetty answers, also those that reach no servlet, until they are complete: error
 * pages come after the servlets, and an exception may be answered by any status.
 */
@AutoService(LibraryInstrumentation.class)
public final class JettyInstrumentation extends LibraryInstrumentation {
  public JettyInstrumentation() {
    super("jetty");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library(
            "Jetty",
            "org.eclipse.jetty:jetty-servlet:9.4.58.v20250814",
            "org.eclipse.jetty:jetty-servlet:10.0.26",
            "org.eclipse.jetty:jetty-servlet:11.0.26",
            "org.eclipse.jetty.ee11:jetty-ee11-servlet:12.1.14");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("org.eclipse.jetty.server.HttpChannel") // 9 to 11
        .stateHolder()
        .weave("handle", "()Z", Handle.class)
        .weave("onCompleted", "()V", Complete.class);
    weaver
        .in("org.eclipse.jetty.server.Server")
        .ofSomeVersions() // 12
        .weave(
            "handle",
            "(Lorg/eclipse/jetty/server/Request;Lorg/eclipse/jetty/server/Response;"
                + "Lorg/eclipse/jetty/util/Callback;)Z",
            HandleCore.class);
  }

  /** Called again for what happens to an asynchronous request. */
  static final class Handle {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This HttpChannel channel) {
      if (Tracing.serving()) return null;
      if (channel.getState().isAsync()) return Tracing.goesOn(channel);
      Request request = channel.getRequest();
      Call call =
          Tracing.serve(
              request,
              request.getMethod(),
              request.getScheme(),
              request.getServerName(),
              request.getServerPort(),
              request.getRequestURI(),
              request.getQueryString());
      return Tracing.begun(channel, call);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call) {
      Tracing.left(call);
    }
  }

  /** Before the request and the response are used again. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This HttpChannel channel) {
      Tracing.completed(channel, channel.getResponse().getStatus());
    }
  }

  static final class HandleCore {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JettyHooks.class, event = "handle") int handle,
        @Advice.Argument(0) Object request,
        @Advice.Argument(1) Object response) {
      return Tracing.serving() ? null : (Call) Tracing.hook(handle, request, response);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call, @Advice.Thrown Throwable error) {
      if (error != null) Tracing.caught(error);
      Tracing.left(call);
    }
  }
}
