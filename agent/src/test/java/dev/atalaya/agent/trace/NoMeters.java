package dev.atalaya.agent.trace;

import java.lang.reflect.Proxy;

/** Meters that measure nothing. */
final class NoMeters {
  private NoMeters() {}

  static Meters get() {
    Distribution any = new Distribution(new long[0]);
    return (Meters)
        Proxy.newProxyInstance(
            NoMeters.class.getClassLoader(),
            new Class<?>[] {Meters.class},
            (proxy, method, arguments) -> method.getReturnType() == void.class ? null : any);
  }
}
