package dev.atalaya.agent.detect;

import java.util.Locale;

/** How much a finding costs, the least first. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** As it is shown: {@code warning}. */
  public String label() {
    return label;
  }
}
