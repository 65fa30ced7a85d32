package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** Whose findings these are. */
public interface Service {
  String name();

  @Nullable String version();

  /** The host and the process: {@code host-1:4711}. */
  String instance();
}
