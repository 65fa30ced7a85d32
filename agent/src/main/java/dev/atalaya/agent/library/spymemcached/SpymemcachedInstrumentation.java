package dev.atalaya.agent.library.spymemcached;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.OperationStatus;

/**
 * Memcached's commands on keys sent through Spymemcached: from the queue of its connection to the
 * answer, which the connection's own thread gives to the command's callback.
 *
 * <p>Callbacks are woven, not operations: gets that wait in a row are merged into one operation,
 * those of a lost node are made anew for another, and each time the first callback is called. A
 * node is chosen after the command is queued, and again where that node is lost.
 */
@AutoService(LibraryInstrumentation.class)
public final class SpymemcachedInstrumentation extends LibraryInstrumentation {
  private static final String MEMCACHED = "net.spy.memcached.";
  private static final String OPERATION = "Lnet/spy/memcached/ops/Operation;)V";
  private static final String STATUS = "(Lnet/spy/memcached/ops/OperationStatus;)V";

  public SpymemcachedInstrumentation() {
    super("spymemcached");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(
            Captured.SPANS,
            Captured.ERRORS,
            Captured.VALUES,
            Captured.CACHE,
            Captured.CONTEXT,
            Captured.SILENCE)
        .library("Spymemcached", "net.spy:spymemcached:2.10.6", "net.spy:spymemcached:2.12.3")
        .limit("What is sent to all servers (`flush`, `stats`, `version`) is no span.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(MEMCACHED + "MemcachedConnection")
        .needs("enqueueOperation", "addOperations", "addOperation")
        .weave("enqueueOperation", "(Ljava/lang/String;" + OPERATION, Send.class)
        .weave("addOperations", "(Ljava/util/Map;)V", SendAll.class)
        .weave("addOperation", "(Lnet/spy/memcached/MemcachedNode;" + OPERATION, Locate.class);
    weaver
        .inSubtypesOf(MEMCACHED + "ops.OperationCallback")
        .marked(STATUS)
        .stateHolder()
        .weave("receivedStatus", STATUS, Answer.class)
        .weave("complete", "()V", Complete.class);
    got(weaver, "GetOperation$Callback", "(Ljava/lang/String;I[B)V");
    got(weaver, "GetsOperation$Callback", "(Ljava/lang/String;IJ[B)V");
    got(weaver, "GetAndTouchOperation$Callback", "(Ljava/lang/String;IJ[B)V");
  }

  private static void got(Weaver weaver, String callback, String descriptor) {
    weaver
        .inSubtypesOf(MEMCACHED + "ops." + callback)
        .marked(STATUS)
        .weave("gotData", descriptor, Get.class);
  }

  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "send") int send,
        @Advice.Argument(1) Operation operation) {
      Tracing.hook(send, operation.getCallback(), operation);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = SpymemcachedHooks.class, event = "refused") int refused,
        @Advice.Argument(1) Operation operation,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.undo(refused, operation.getCallback(), error);
    }
  }

  /** A get of many keys: an operation for each node, and one callback. */
  static final class SendAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "sendAll") int sendAll,
        @Advice.Argument(0) Map<?, ?> operations) {
      Tracing.hook(sendAll, operations);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = SpymemcachedHooks.class, event = "refusedAll") int refusedAll,
        @Advice.Argument(0) Map<?, ?> operations,
        @Advice.Thrown Throwable error) {
      if (error != null) Tracing.undo(refusedAll, operations, error);
    }
  }

  static final class Locate {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "located") int located,
        @Advice.Argument(0) MemcachedNode node,
        @Advice.Argument(1) Operation operation) {
      Tracing.hook(located, operation.getCallback(), node.getSocketAddress());
    }
  }

  static final class Answer {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "answered") int answered,
        @Advice.This Object callback,
        @Advice.Argument(0) OperationStatus status) {
      Tracing.undo(answered, callback, status);
    }
  }

  static final class Get {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "found") int found,
        @Advice.This Object callback) {
      Tracing.undo(found, callback);
    }
  }

  /** On enter: before the waiting thread is woken. */
  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = SpymemcachedHooks.class, event = "completed") int completed,
        @Advice.This Object callback) {
      Tracing.undo(completed, callback);
    }
  }
}
