package dev.atalaya.agent.library.helidon;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.States;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a route is, below the services that it is registered with. */
final class RoutePath {
  private static final Getter ELEMENT = new Getter("matchingElement"); // in newer versions

  private final String above;

  /** The whole path, once it was asked for. */
  private @Nullable String whole;

  private RoutePath(String above) {
    this.above = above;
  }

  /** A service is asked for the first time: its routes are below it. */
  static void tell(@Nullable Object service, @Nullable Object path, Iterable<?> routes) {
    String above = null;
    for (Object route : routes) {
      if (States.get(route) instanceof RoutePath) return;
      if (above == null) above = join(aboveOf(service), pattern(path));
      States.put(route, new RoutePath(above));
    }
  }

  /** Null for what takes whatever comes, as a filter does. */
  static @Nullable String of(@Nullable Object route, @Nullable Object path) {
    Object known = States.get(route);
    RoutePath place = known instanceof RoutePath ? (RoutePath) known : null;
    if (place != null && place.whole != null) return place.whole;
    String above = place == null ? "" : place.above;
    String pattern = pattern(path);
    String whole = pattern.isEmpty() ? join(above, "") + "/*" : join(above, pattern);
    if (whole.equals("/*")) return null;
    if (place != null) place.whole = whole;
    return whole;
  }

  private static String aboveOf(@Nullable Object service) {
    Object known = States.get(service);
    return known instanceof RoutePath ? ((RoutePath) known).above : "";
  }

  private static String join(String above, String pattern) {
    String start = above.equals("/") ? "" : above;
    boolean same = pattern.isEmpty() || pattern.equals("/") && !start.isEmpty();
    return same ? start : start + (pattern.startsWith("/") ? pattern : "/" + pattern);
  }

  /** As the application wrote it; empty where it wrote none. */
  private static String pattern(@Nullable Object path) {
    Object written = States.get(path);
    if (written == null) written = ELEMENT.of(path);
    if (written instanceof Optional) written = ((Optional<?>) written).orElse(null);
    return written == null ? "" : written.toString();
  }
}
