package dev.atalaya.agent.library.servlet;

import dev.atalaya.agent.reflect.Getter;
import org.jspecify.annotations.Nullable;

/** Why a container passes a request on: because it came, or to an error page, for example. */
final class DispatcherTypes {
  private static final Getter DISPATCHER_TYPE = new Getter("getDispatcherType");

  private DispatcherTypes() {}

  /** Whether it is the request's first pass; also where that is not known. */
  static boolean isFirst(Object http) {
    Object type = DISPATCHER_TYPE.of(http);
    return type == null || type.toString().equals("REQUEST");
  }

  static boolean isError(@Nullable Object http) {
    Object type = DISPATCHER_TYPE.of(http);
    return type != null && type.toString().equals("ERROR");
  }
}
