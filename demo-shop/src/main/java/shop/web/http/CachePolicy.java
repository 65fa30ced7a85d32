package shop.web.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Who may keep an answer and for how long, by its path. */
enum CachePolicy {
  /** Stock and prices change at any time: kept, but asked for again each time, mostly for a 304. */
  CATALOGUE("public, no-cache"),

  /** Nobody minds a category's count that is a minute old. */
  CATEGORIES("public, max-age=60, must-revalidate"),

  /** Style sheets and the like, whose names stay when the shop is deployed anew. */
  ASSET("public, max-age=600, must-revalidate"),

  /** Never changes: a new picture has a new number. */
  FOREVER("public, max-age=31536000, immutable"),

  /** Shows who is logged in: another visitor's answer is another one. */
  PAGE("private, no-cache"),

  REPORT("private, no-cache"),

  /** The customers' own, and whatever nobody has thought of. */
  NOTHING("no-store");

  private static final Map<PathPattern, CachePolicy> PATHS = new LinkedHashMap<>();

  static {
    put("/api/categories", CATEGORIES);
    put("/api/products/**", CATALOGUE);
    put("/api/reports/**", REPORT);
    put("/images/{id}/{size}", FOREVER);
    put("/{file:.+\\.(?:css|js|svg|ico|woff2)}", ASSET);
    put("/", PAGE);
    put("/products/{id}", PAGE);
    put("/analytics", PAGE);
  }

  final String header;

  CachePolicy(String header) {
    this.header = header;
  }

  /** The policy of a GET. */
  static CachePolicy of(String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    return PATHS.entrySet().stream()
        .filter(entry -> entry.getKey().matches(parsed))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(NOTHING);
  }

  private static void put(String pattern, CachePolicy policy) {
    PATHS.put(PathPatternParser.defaultInstance.parse(pattern), policy);
  }
}
