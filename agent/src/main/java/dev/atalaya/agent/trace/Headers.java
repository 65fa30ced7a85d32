package dev.atalaya.agent.trace;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request of any library: a JDK map, or an object that has a public method for one
 * header, found once per class.
 */
public final class Headers {
  private static final String[] GETTERS = {
    "getHeader", "header", "getFirstHeader", "getFirst", "get"
  };
  private static final String[] SETTERS = {
    "setHeader", "header", "setRequestProperty", "put", "set"
  };
  private static final String[] REMOVERS = {"removeHeaders", "remove"};

  private static final ClassValue<Accessors> ACCESS =
      new ClassValue<Accessors>() {
        @Override
        protected Accessors computeValue(Class<?> type) {
          MethodHandle set = find(type, SETTERS, String.class, String.class);
          if (set == null) set = find(type, SETTERS, String.class, Object.class); // Apache 5
          MethodHandle remove = find(type, REMOVERS, String.class);
          return new Accessors(find(type, GETTERS, String.class), set, remove);
        }
      };

  private final Object target;

  public Headers(Object target) {
    this.target = target;
  }

  public @Nullable String get(String name) {
    try {
      if (target instanceof Map) return first((Map<?, ?>) target, name);
      if (target instanceof HttpURLConnection) {
        return ((HttpURLConnection) target).getRequestProperty(name);
      }
      MethodHandle get = ACCESS.get(target.getClass()).get;
      Object value = get == null ? null : get.invoke(target, name);
      return value == null ? null : value.toString();
    } catch (Throwable unreadable) {
      return null;
    }
  }

  void set(String name, String value) throws Throwable {
    if (target instanceof HttpURLConnection) {
      ((HttpURLConnection) target).setRequestProperty(name, value);
      return;
    }
    MethodHandle set = ACCESS.get(target.getClass()).set;
    if (set != null) set.invoke(target, name, value);
  }

  /** Removes the header where the message has a method for that; else it stays. */
  public void remove(String name) {
    try {
      MethodHandle remove = ACCESS.get(target.getClass()).remove;
      if (remove != null) remove.invoke(target, name);
    } catch (Throwable refused) {
      // It stays.
    }
  }

  private static @Nullable String first(Map<?, ?> headers, String name) {
    Object value = headers.get(name);
    if (value instanceof List)
      value = ((List<?>) value).isEmpty() ? null : ((List<?>) value).get(0);
    return value == null ? null : value.toString();
  }

  /**
   * The class itself is often hidden (a container's facade, a module's inside): the method is
   * looked for on the public types above it.
   */
  private static @Nullable MethodHandle find(
      Class<?> type, String[] names, Class<?>... parameters) {
    for (String name : names) {
      MethodHandle found = find(type, name, parameters);
      if (found != null) return found;
    }
    return null;
  }

  private static @Nullable MethodHandle find(
      @Nullable Class<?> type, String name, Class<?>... parameters) {
    if (type == null) return null;
    if (Modifier.isPublic(type.getModifiers())) {
      try {
        Method method = type.getMethod(name, parameters);
        if (Modifier.isPublic(method.getDeclaringClass().getModifiers())
            && !Modifier.isStatic(method.getModifiers())) {
          return MethodHandles.publicLookup().unreflect(method);
        }
      } catch (NoSuchMethodException | IllegalAccessException | LinkageError next) {
        // Perhaps a type above has it.
      }
    }
    for (Class<?> parent : type.getInterfaces()) {
      MethodHandle found = find(parent, name, parameters);
      if (found != null) return found;
    }
    return find(type.getSuperclass(), name, parameters);
  }

  private static final class Accessors {
    final @Nullable MethodHandle get;
    final @Nullable MethodHandle set;
    final @Nullable MethodHandle remove;

    Accessors(
        @Nullable MethodHandle get, @Nullable MethodHandle set, @Nullable MethodHandle remove) {
      this.get = get;
      this.set = set;
      this.remove = remove;
    }
  }
}
