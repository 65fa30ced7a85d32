package dev.atalaya.agent.log.jul;

/** How much a line matters, named as in java.util.logging. */
public enum Level {
  FINEST,
  FINER,
  FINE,
  INFO,
  WARNING,
  SEVERE
}
