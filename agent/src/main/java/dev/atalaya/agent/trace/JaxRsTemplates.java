package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The templates of JAX-RS resources, below the path that the application is served at. */
final class JaxRsTemplates {
  private static final Getter REQUEST = new Getter("request");
  private static final Getter URI_INFO = new Getter("getUriInfo");
  private static final Getter REQUEST_URI = new Getter("getUri");
  private static final Getter BASE_URI = new Getter("getBaseUri");
  private static final Getter TEMPLATES = new Getter("getMatchedTemplates");
  private static final Getter TEMPLATE = new Getter("getTemplate");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter RESOURCE_CLASS = new Getter("getResourceClass");
  private static final Getter VALUE = new Getter("value");

  /** Paths as annotated, by method; empty where there is none. */
  private static final ClassValue<ConcurrentMap<Object, String>> PATHS =
      new ClassValue<ConcurrentMap<Object, String>>() {
        @Override
        protected ConcurrentMap<Object, String> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>(8);
        }
      };

  private JaxRsTemplates() {}

  /** Jersey lists the templates from the method's to the resource's. Empty where it lists none. */
  static String ofJersey(Object context) {
    Object uriInfo = URI_INFO.of(REQUEST.of(context));
    Object templates = TEMPLATES.of(uriInfo);
    if (!(templates instanceof List)) return "";
    List<?> matched = (List<?>) templates;
    String route = base(uriInfo);
    for (int i = matched.size() - 1; i >= 0; i--) {
      route = join(route, TEMPLATE.text(matched.get(i)));
    }
    return route;
  }

  /** {@code located} is the path of the locators before, null for a resource with its own. */
  static String ofResteasy(Object invoker, Object request, @Nullable String located) {
    Object found = METHOD.of(invoker);
    if (!(found instanceof Method)) return "";
    Method method = (Method) found;
    Object resource = RESOURCE_CLASS.of(invoker);
    Class<?> type = resource instanceof Class ? (Class<?>) resource : method.getDeclaringClass();
    String start =
        located == null ? join(base(REQUEST_URI.of(request)), path(type, type)) : located;
    return join(start, path(type, method));
  }

  private static String base(@Nullable Object uriInfo) {
    Object base = BASE_URI.of(uriInfo);
    String path = base instanceof URI ? ((URI) base).getRawPath() : null;
    if (path == null || path.equals("/")) return "";
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String join(String start, String path) {
    if (path.isEmpty() || path.equals("/")) return start;
    String rest = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return rest.startsWith("/") ? start.concat(rest) : start + "/" + rest;
  }

  /** {@code annotated} is a method, or the class. */
  private static String path(Class<?> type, Object annotated) {
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
