package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.HttpExchange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Semantic conventions' {@code url.template} of outgoing requests, which is to be low in number: a
 * host whose paths fold to too many has none, from then on. For the worker.
 */
final class UrlTemplates {
  static final int MOST = 50;
  private static final int MOST_HOSTS = 100;

  private final Map<String, Set<String>> byHost = new HashMap<>();

  @Nullable String of(HttpExchange http) {
    Set<String> known = byHost.get(http.host);
    if (known == null) {
      if (http.host == null || byHost.size() == MOST_HOSTS) return null;
      byHost.put(http.host, known = new HashSet<>());
    }
    if (known.size() > MOST) return null;
    String template = http.urlTemplate();
    known.add(template);
    return known.size() > MOST ? null : template;
  }
}
