package dev.atalaya.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes each call of a method a span of its own: methods with a body, of classes. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Traced {
  /** The span's name; if empty {@code Class.method}. Not for values: few names, many spans. */
  String value() default "";
}
