package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** The service, and the instance of it, that the findings are of. */
public interface Service {
  String name();

  @Nullable String version();

  /** The host and the process: {@code host-1:4711}. */
  String instance();
}
