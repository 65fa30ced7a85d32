package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * Names of incoming requests, {@code GET /orders/{id}}: a name that was made is found again without
 * allocating, as long as no other has taken its place. Two threads may make one twice.
 */
final class RequestName {
  private static final int PLACES = 256;
  private static final @Nullable RequestName[] KNOWN = new RequestName[PLACES];

  private final String method;
  private final String route;
  private final String name;

  private RequestName(String method, String route) {
    this.method = method;
    this.route = route;
    name = method + " " + route;
  }

  static String of(String method, String route) {
    int hash = 31 * method.hashCode() + route.hashCode();
    int place = (hash ^ hash >>> 16) & PLACES - 1;
    RequestName known = KNOWN[place];
    if (known == null || !known.route.equals(route) || !known.method.equals(method)) {
      KNOWN[place] = known = new RequestName(method, route);
    }
    return known.name;
  }
}
