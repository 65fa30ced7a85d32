package dev.atalaya.agent.library.coroutines;

import java.util.List;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.SuspendLambda;
import kotlin.jvm.functions.Function2;
import kotlinx.coroutines.CoroutineScope;

/** A suspend lambda as Kotlin's compiler makes it: it may be suspended after each of its steps. */
final class Steps extends SuspendLambda
    implements Function2<CoroutineScope, Continuation<? super Object>, Object> {
  private final List<Step> steps;
  private CoroutineScope scope;
  private int next;

  /** What is done at once, or what it is suspended in. */
  interface Step {
    Object take(CoroutineScope scope, Continuation<Object> self);
  }

  private Steps(List<Step> steps, Continuation<Object> completion) {
    super(2, completion);
    this.steps = steps;
  }

  /** Of a coroutine that returns what its last step does. */
  @SuppressWarnings("unchecked")
  static <T> Function2<CoroutineScope, Continuation<? super T>, Object> of(Step... steps) {
    return (Function2<CoroutineScope, Continuation<? super T>, Object>)
        (Function2<?, ?, ?>) new Steps(List.of(steps), null);
  }

  @Override
  public Continuation<Unit> create(Object scope, Continuation<?> completion) {
    @SuppressWarnings("unchecked")
    Steps begun = new Steps(steps, (Continuation<Object>) completion);
    begun.scope = (CoroutineScope) scope;
    @SuppressWarnings("unchecked")
    Continuation<Unit> made = (Continuation<Unit>) (Continuation<?>) begun;
    return made;
  }

  @Override
  public Object invoke(CoroutineScope scope, Continuation<? super Object> completion) {
    return ((Steps) (Continuation<?>) create(scope, completion)).invokeSuspend(Unit.INSTANCE);
  }

  @Override
  protected Object invokeSuspend(Object result) {
    ResultKt.throwOnFailure(result);
    Object last = result;
    while (next < steps.size()) {
      last = steps.get(next++).take(scope, this);
      if (last == IntrinsicsKt.getCOROUTINE_SUSPENDED()) return last;
    }
    return last;
  }
}
