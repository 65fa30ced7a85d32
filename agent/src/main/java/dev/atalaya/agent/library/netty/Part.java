package dev.atalaya.agent.library.netty;

import org.jspecify.annotations.Nullable;

/** What part of a message an object of Netty's is, as bits: one object may be all of it. */
final class Part {
  static final int REQUEST = 1;
  static final int RESPONSE = 2;
  static final int LAST = 4;

  private static final String HTTP = "io.netty.handler.codec.http.";

  private static final ClassValue<Integer> PARTS =
      new ClassValue<Integer>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          return of(type);
        }
      };

  private Part() {}

  static int of(@Nullable Object message) {
    return message == null ? 0 : PARTS.get(message.getClass());
  }

  private static int of(Class<?> type) {
    int parts = 0;
    String name = type.getName();
    if (name.equals(HTTP + "HttpRequest")) parts |= REQUEST;
    if (name.equals(HTTP + "HttpResponse")) parts |= RESPONSE;
    if (name.equals(HTTP + "LastHttpContent")) parts |= LAST;
    for (Class<?> above : type.getInterfaces()) parts |= of(above);
    Class<?> superclass = type.getSuperclass();
    return superclass == null ? parts : parts | of(superclass);
  }
}
