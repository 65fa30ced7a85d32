package dev.atalaya.agent.library.servlet;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.States;
import org.jspecify.annotations.Nullable;

/** The route of a request whose framework names none: what its servlet is mapped to. */
final class ServletRoutes {
  private static final Getter CONTEXT_PATH = new Getter("getContextPath");
  private static final Getter MAPPING = new Getter("getHttpServletMapping");
  private static final Getter MAPPING_MATCH = new Getter("getMappingMatch");
  private static final Getter PATTERN = new Getter("getPattern");
  private static final Getter SERVLET_CONFIG = new Getter("getServletConfig");

  private ServletRoutes() {}

  /**
   * The first servlet's mapping counts; the default servlet has none. {@code servlet} may also be a
   * filter, which has none.
   */
  static void mapped(Request request, @Nullable Object servlet, @Nullable Object http) {
    if (request.knowsRoute()) return;
    Object config = SERVLET_CONFIG.of(servlet);
    if (config == null || http == null || DispatcherTypes.isError(http)) return;
    Object known = States.get(servlet);
    ServletMappings mappings;
    if (known instanceof ServletMappings) {
      mappings = (ServletMappings) known;
    } else {
      mappings = ServletMappings.of(config);
      States.put(servlet, mappings);
    }
    request.fallbackRoute(mappings.route(http));
  }

  /** For requests that reached no servlet: from Servlet 4 on, the request knows its mapping. */
  static void mappedAnyway(Request request, @Nullable Object http) {
    if (request.knowsRoute() || DispatcherTypes.isError(http)) return;
    Object mapping = MAPPING.of(http);
    String match = MAPPING_MATCH.text(mapping);
    if (match.equals("EXACT") || match.equals("PATH")) {
      request.fallbackRoute(CONTEXT_PATH.text(http).concat(PATTERN.text(mapping)));
    } else if (match.equals("EXTENSION")) {
      request.fallbackRoute(CONTEXT_PATH.text(http) + "/" + PATTERN.text(mapping));
    }
  }
}
