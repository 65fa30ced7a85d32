package dev.atalaya.agent.library.helidon;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import org.jspecify.annotations.Nullable;

/** Helidon finds headers by objects of its own, so all of a request's are looked through. */
public final class RequestHeaders {
  private static final Getter NAME = new Getter("name");
  private static final Getter VALUE = new Getter("get");

  private final Iterable<?> headers;

  RequestHeaders(Iterable<?> headers) {
    this.headers = headers;
  }

  /** Found by {@link Headers}. */
  public @Nullable String getHeader(String name) {
    for (Object header : headers) {
      if (NAME.text(header).equalsIgnoreCase(name)) return VALUE.text(header);
    }
    return null;
  }
}
