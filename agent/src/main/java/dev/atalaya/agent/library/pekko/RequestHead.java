package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as the server's parser has read it; its URI is an absolute one. */
public final class RequestHead {
  private static final Getter METHOD = new Getter("method");
  private static final Getter URI = new Getter("uri");
  private static final Getter SCHEME = new Getter("scheme");
  private static final Getter AUTHORITY = new Getter("authority");
  private static final Getter HOST = new Getter("host");
  private static final Getter PORT = new Getter("effectivePort");
  private static final Getter PATH = new Getter("path");
  private static final Getter QUERY = new Getter("rawQueryString");
  private static final Getter HEADERS = new Getter("headers");

  // Scala's collections.
  private static final Getter GET = new Getter("get");
  private static final Getter IS_EMPTY = new Getter("isEmpty");
  private static final Getter HEAD = new Getter("head");
  private static final Getter TAIL = new Getter("tail");

  private static final Getter LOWERCASE_NAME = new Getter("lowercaseName");
  private static final Getter VALUE = new Getter("value");

  private final Object request;

  RequestHead(Object request) {
    this.request = request;
  }

  /** Whether a response is that to a request for another protocol, and that HTTP/2. */
  static boolean asksForHttp2(@Nullable Object response) {
    return response != null && "h2c".equals(new RequestHead(response).getHeader("upgrade"));
  }

  @Nullable Span serve(Recorder recorder) {
    Object uri = URI.of(request);
    Object query = GET.of(QUERY.of(uri));
    return recorder.serve(
        this,
        VALUE.text(METHOD.of(request)),
        SCHEME.text(uri),
        HOST.text(AUTHORITY.of(uri)),
        PORT.number(uri),
        PATH.text(uri),
        query == null ? null : query.toString());
  }

  /** Found by {@link Headers}. */
  public @Nullable String getHeader(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    Object rest = HEADERS.of(request);
    while (Boolean.FALSE.equals(IS_EMPTY.of(rest))) {
      Object header = HEAD.of(rest);
      if (LOWERCASE_NAME.text(header).equals(wanted)) return VALUE.text(header);
      rest = TAIL.of(rest);
    }
    return null;
  }
}
