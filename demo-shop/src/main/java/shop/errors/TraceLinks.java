package shop.errors;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where traces can be looked at, as {@code shop.trace-url} says. */
@Component
final class TraceLinks {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16,32}");

  private final String template;

  /**
   * @param template an address with {@code {traceId}} in it, empty where there is none
   */
  TraceLinks(@Value("${shop.trace-url}") String template) {
    this.template = template;
  }

  /** Null where there is nothing to link to: the log's context is anybody's to write. */
  @Nullable String to(String trace) {
    return template.isBlank() || !ID.matcher(trace).matches()
        ? null
        : template.replace("{traceId}", trace);
  }
}
