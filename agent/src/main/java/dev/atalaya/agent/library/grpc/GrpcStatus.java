package dev.atalaya.agent.library.grpc;

import dev.atalaya.agent.reflect.Getter;
import org.jspecify.annotations.Nullable;

/** What gRPC's {@code Status} says. */
final class GrpcStatus {
  private static final Getter CODE = new Getter("getCode");
  private static final Getter CAUSE = new Getter("getCause");

  private GrpcStatus() {}

  static String code(@Nullable Object status) {
    Object code = CODE.of(status);
    return code instanceof Enum ? ((Enum<?>) code).name() : "UNKNOWN";
  }

  static @Nullable Throwable cause(@Nullable Object status) {
    Object cause = CAUSE.of(status);
    return cause instanceof Throwable ? (Throwable) cause : null;
  }
}
