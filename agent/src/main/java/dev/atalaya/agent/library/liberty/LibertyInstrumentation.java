package dev.atalaya.agent.library.liberty;

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
 * Requests that Liberty answers, also files and those of no application, which reach no servlet:
 * from the dispatcher of its HTTP transport on, until that closes the exchange.
 *
 * <p>Its types are in no published jar: advice passes the link on as an object, which the hooks
 * read.
 */
@AutoService(LibraryInstrumentation.class)
public final class LibertyInstrumentation extends LibraryInstrumentation {
  public LibertyInstrumentation() {
    super("liberty");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SPANS, Captured.ERRORS, Captured.CONTEXT)
        .library("Open Liberty", "io.openliberty:openliberty-runtime:zip:26.0.0.2");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("com.ibm.ws.http.dispatcher.internal.channel.HttpDispatcherLink")
        .stateHolder()
        .weave("wrapHandlerAndExecute", "(Ljava/lang/Runnable;)V", Serve.class)
        .weave(
            "sendResponse",
            "(Lcom/ibm/wsspi/http/channel/values/StatusCodes;Ljava/lang/String;"
                + "Ljava/lang/Exception;Z)V",
            Serve.class)
        .weave(
            "close",
            "(Lcom/ibm/wsspi/channelfw/VirtualConnection;Ljava/lang/Exception;)V",
            Complete.class);
  }

  /** What an application handles, and what the dispatcher answers itself where none does. */
  static final class Serve {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = LibertyHooks.class, event = "dispatch") int dispatch,
        @Advice.This Object link) {
      return Tracing.serving() ? null : (Call) Tracing.hook(dispatch, link);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Call call) {
      Tracing.left(call);
    }
  }

  /** All is written; what follows on a connection that is kept is the next request. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LibertyHooks.class, event = "close") int close, @Advice.This Object link) {
      Tracing.undo(close, link);
    }
  }
}
