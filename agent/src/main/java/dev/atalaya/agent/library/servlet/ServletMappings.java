package dev.atalaya.agent.library.servlet;

import dev.atalaya.agent.reflect.Getter;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one servlet is mapped to, and the routes that makes: {@code /shop/cart}, {@code
 * /shop/api/*}, {@code /shop/*.action}. The default servlet, of {@code /}, has no route.
 *
 * <p>Made at the servlet's first request: mappings stay as they are from then on.
 */
final class ServletMappings {
  private static final Getter SERVLET_NAME = new Getter("getServletName");
  private static final Getter SERVLET_CONTEXT = new Getter("getServletContext");
  private static final Getter REGISTRATION = new Getter("getServletRegistration", 1);
  private static final Getter CONTEXT_PATH = new Getter("getContextPath");
  private static final Getter MAPPINGS = new Getter("getMappings");
  private static final Getter SERVLET_PATH = new Getter("getServletPath");
  private static final Getter PATH_INFO = new Getter("getPathInfo");

  private final String[] patterns;
  private final String[] routes;

  private ServletMappings(String contextPath, List<String> patterns) {
    this.patterns = patterns.toArray(new String[0]);
    routes = new String[this.patterns.length];
    for (int i = 0; i < routes.length; i++) {
      String pattern = this.patterns[i];
      boolean rooted = pattern.isEmpty() || pattern.startsWith("*");
      routes[i] = pattern.equals("/") ? "" : contextPath + (rooted ? "/" : "") + pattern;
    }
  }

  /** {@code config} is the servlet's. */
  static ServletMappings of(Object config) {
    Object context = SERVLET_CONTEXT.of(config);
    List<String> patterns = new ArrayList<>();
    Object mappings = MAPPINGS.of(registration(context, SERVLET_NAME.text(config)));
    if (mappings instanceof Collection) {
      for (Object mapping : (Collection<?>) mappings) patterns.add(String.valueOf(mapping));
    }
    return new ServletMappings(CONTEXT_PATH.text(context), patterns);
  }

  private static @Nullable Object registration(@Nullable Object context, String name) {
    MethodHandle get = REGISTRATION.in(context);
    try {
      return get == null ? null : (Object) get.invoke(context, name);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** The route of a request that this servlet serves, empty for none. */
  String route(Object http) {
    if (routes.length == 1) return routes[0];
    String path = SERVLET_PATH.text(http);
    Object rest = PATH_INFO.of(http);
    boolean below = rest != null;
    String route = "";
    for (int i = 0; i < patterns.length; i++) {
      String pattern = patterns[i];
      if (!below && pattern.equals(path)) return routes[i];
      if (pattern.isEmpty() && path.isEmpty() && "/".equals(rest)) return routes[i];
      boolean prefix =
          pattern.endsWith("/*")
              && pattern.length() == path.length() + 2
              && pattern.startsWith(path);
      if (prefix || (pattern.startsWith("*.") && path.endsWith(pattern.substring(1)))) {
        route = routes[i];
      }
    }
    return route;
  }
}
