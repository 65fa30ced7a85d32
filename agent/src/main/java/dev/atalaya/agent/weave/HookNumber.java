package dev.atalaya.agent.weave;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An int parameter of advice, to be passed to {@code Tracing.hook}: the number of a hook behind the
 * wall.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface HookNumber {
  /** The class behind the wall that offers it; only its name is used. */
  Class<?> in();

  /** By what name that class offers it. */
  String event();
}
