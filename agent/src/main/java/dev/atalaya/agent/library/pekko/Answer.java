package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import org.jspecify.annotations.Nullable;

/** What a future of a response has come to: Scala's Try. */
final class Answer {
  private static final Getter IS_SUCCESS = new Getter("isSuccess");
  private static final Getter GET = new Getter("get");
  private static final Getter FAILED = new Getter("failed");
  private static final Getter STATUS = new Getter("status");
  private static final Getter INT_VALUE = new Getter("intValue");

  private final Object result;

  Answer(Object result) {
    this.result = result;
  }

  /** 0 where there is none. */
  int status() {
    return isThere() ? statusOf(GET.of(result)) : 0;
  }

  @Nullable Throwable error() {
    Object error = isThere() ? null : GET.of(FAILED.of(result));
    return error instanceof Throwable ? (Throwable) error : null;
  }

  static int statusOf(@Nullable Object response) {
    return INT_VALUE.number(STATUS.of(response));
  }

  private boolean isThere() {
    return Boolean.TRUE.equals(IS_SUCCESS.of(result));
  }
}
