package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** The headers of a request that is to be sent; each that is added makes another request of it. */
public final class SentHeaders {
  private static final Getter ADD_HEADER = new Getter("addHeader", 1);

  private Object request;

  SentHeaders(Object request) {
    this.request = request;
  }

  Object request() {
    return request;
  }

  /** Found by {@link Headers}. */
  public @Nullable String getHeader(String name) {
    return new RequestHead(request).getHeader(name);
  }

  /** Found by {@link Headers}. */
  public void setHeader(String name, String value) throws Throwable {
    MethodHandle add = ADD_HEADER.in(request);
    if (add != null) request = add.invoke(request, header(name, value));
  }

  private Object header(String name, String value) throws Throwable {
    String type = request.getClass().getName().replace("scaladsl.model.HttpRequest", "");
    Class<?> raw =
        request.getClass().getClassLoader().loadClass(type + "javadsl.model.headers.RawHeader");
    MethodType shape = MethodType.methodType(raw, String.class, String.class);
    return MethodHandles.publicLookup().findStatic(raw, "create", shape).invoke(name, value);
  }
}
