package dev.atalaya.agent.library.ktor;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.States;
import org.jspecify.annotations.Nullable;

/** The path of a node in the tree of routes, without what else selects it: {@code /orders/{id}}. */
final class RouteTemplate {
  private static final Getter PARENT = new Getter("getParent");
  private static final Getter SELECTOR = new Getter("getSelector");

  private static final String SELECTORS = "io.ktor.server.routing.";

  private RouteTemplate() {}

  static String of(Object route) {
    Object known = States.get(route);
    if (known instanceof String) return (String) known;
    String path = path(route);
    String template = path.isEmpty() ? "/" : path;
    States.put(route, template);
    return template;
  }

  private static String path(@Nullable Object route) {
    if (route == null) return "";
    String before = path(PARENT.of(route));
    Object selector = SELECTOR.of(route);
    String kind = selector == null ? "" : selector.getClass().getName();
    if (kind.equals(SELECTORS + "TrailingSlashRouteSelector")) return before + "/";
    boolean ofPath =
        kind.startsWith(SELECTORS + "PathSegment") || kind.equals(SELECTORS + "RootRouteSelector");
    String segment = ofPath ? selector.toString() : "";
    if (segment.isEmpty() || segment.equals("/")) return before;
    return segment.startsWith("/") ? before + segment : before + "/" + segment;
  }
}
