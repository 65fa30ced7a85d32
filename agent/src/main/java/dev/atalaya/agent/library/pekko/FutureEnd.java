package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A function of Scala's that hears of the end of a future, on the thread that completes it. */
final class FutureEnd implements InvocationHandler {
  private static final Getter ON_COMPLETE = new Getter("onComplete", 2);

  private final Consumer<Object> end;

  private FutureEnd(Consumer<Object> end) {
    this.end = end;
  }

  /** False where it will not be heard. */
  static boolean of(Object future, Consumer<Object> end) {
    MethodHandle onComplete = ON_COMPLETE.in(future);
    if (onComplete == null) return false;
    try {
      Class<?> function = onComplete.type().parameterType(1);
      ClassLoader scala = function.getClassLoader();
      Object hears = Proxy.newProxyInstance(scala, new Class<?>[] {function}, new FutureEnd(end));
      Class<?> here = scala.loadClass("scala.concurrent.ExecutionContext$parasitic$");
      onComplete.invoke(future, hears, here.getField("MODULE$").get(null));
      return true;
    } catch (Throwable absent) {
      return false;
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    if (method.getDeclaringClass() == Object.class) return ofObject(proxy, method, arguments);
    if (method.getName().equals("apply") && arguments != null) end.accept(arguments[0]);
    return null;
  }

  private static Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
    if (arguments != null) return proxy == arguments[0]; // equals
    return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : "atalaya";
  }
}
