package dev.atalaya.agent.library.jaxrs;

import dev.atalaya.agent.reflect.Getter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The paths that JAX-RS resources are annotated with, and how they are joined to a template. */
public final class ResourcePaths {
  private static final Getter BASE_URI = new Getter("getBaseUri");
  private static final Getter VALUE = new Getter("value");

  /** Paths as annotated, by method; empty where there is none. */
  private static final ClassValue<ConcurrentMap<Object, String>> PATHS =
      new ClassValue<ConcurrentMap<Object, String>>() {
        @Override
        protected ConcurrentMap<Object, String> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>(8);
        }
      };

  private ResourcePaths() {}

  /**
   * The path that the application is served at, without a slash at its end; {@code uriInfo} knows
   * it.
   */
  public static String base(@Nullable Object uriInfo) {
    Object base = BASE_URI.of(uriInfo);
    String path = base instanceof URI ? ((URI) base).getRawPath() : null;
    if (path == null || path.equals("/")) return "";
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  public static String join(String start, String path) {
    if (path.isEmpty() || path.equals("/")) return start;
    String rest = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return rest.startsWith("/") ? start.concat(rest) : start + "/" + rest;
  }

  /** The path of {@code annotated}, the class or a method of it; empty where there is none. */
  public static String path(Class<?> type, Object annotated) {
    ConcurrentMap<Object, String> known = PATHS.get(type);
    String path = known.get(annotated);
    if (path != null) return path;
    path = annotated instanceof Method ? methodPath(type, (Method) annotated) : classPath(type);
    known.put(annotated, path == null ? "" : path);
    return path == null ? "" : path;
  }

  /** Annotations are inherited from superclasses and interfaces, as JAX-RS has it. */
  private static @Nullable String methodPath(@Nullable Class<?> type, Method method) {
    if (type == null) return null;
    String path = null;
    try {
      path =
          value(
              type.getDeclaredMethod(method.getName(), method.getParameterTypes())
                  .getAnnotations());
    } catch (NoSuchMethodException | LinkageError next) {
      // Perhaps a type above has it.
    }
    if (path == null) path = methodPath(type.getSuperclass(), method);
    for (Class<?> parent : type.getInterfaces()) {
      if (path == null) path = methodPath(parent, method);
    }
    return path;
  }

  private static @Nullable String classPath(@Nullable Class<?> type) {
    if (type == null) return null;
    String path = value(type.getAnnotations());
    if (path == null) path = classPath(type.getSuperclass());
    for (Class<?> parent : type.getInterfaces()) {
      if (path == null) path = classPath(parent);
    }
    return path;
  }

  private static @Nullable String value(Annotation[] annotations) {
    for (Annotation annotation : annotations) {
      String name = annotation.annotationType().getName();
      if (name.equals("javax.ws.rs.Path") || name.equals("jakarta.ws.rs.Path")) {
        return VALUE.text(annotation); // a proxy, asked through the annotation's interface
      }
    }
    return null;
  }
}
