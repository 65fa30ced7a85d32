package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.reflect.Getter;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** The headers of a stream, with those that HTTP/2 has in place of a first line. */
public final class Http2Fields {
  private static final Getter GET = new Getter("get", Object.class);
  private static final Getter SET = new Getter("set", Object.class, Object.class);

  private final Object headers;

  Http2Fields(Object headers) {
    this.headers = headers;
  }

  /** Found by {@link dev.atalaya.agent.trace.Headers}, as the next is. */
  public @Nullable String getHeader(String name) {
    return get(name);
  }

  public void setHeader(String name, String value) throws Throwable {
    MethodHandle set = SET.in(headers);
    if (set != null) set.invoke(headers, (Object) name, (Object) value);
  }

  @Nullable String get(String name) {
    MethodHandle get = GET.in(headers);
    try {
      Object value = get == null ? null : get.invoke(headers, (Object) name);
      return value == null ? null : value.toString();
    } catch (Throwable unreadable) {
      return null;
    }
  }

  String text(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }

  /** 0 where it is no answer's head. */
  int status() {
    String status = get(":status");
    try {
      return status == null ? 0 : Integer.parseInt(status);
    } catch (NumberFormatException invalid) {
      return 0;
    }
  }
}
