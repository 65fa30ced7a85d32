package dev.atalaya.agent.detect;

import java.util.Locale;

/** What a repeated or slow operation turned out to be. */
public enum Kind {
  N_PLUS_ONE,
  N_PLUS_ONE_WRITE,
  N_PLUS_ONE_CACHE,
  N_PLUS_ONE_HTTP,
  DUPLICATE_QUERY,
  BATCH_TOO_SMALL,
  CHATTY,
  SLOW_QUERY,
  SLOW_REQUEST,

  // Right as they are: counted, and no finding.
  IGNORED,
  SEQUENCE,
  RETRY_STORM,
  QUEUE_POLL,
  POLLING,
  PAGINATION,
  CHUNKED_READ;

  private final String label = name().toLowerCase(Locale.ROOT);

  public boolean isFinding() {
    return ordinal() < IGNORED.ordinal();
  }

  /** One for each row of another read. */
  boolean isNPlusOne() {
    return compareTo(N_PLUS_ONE_HTTP) <= 0;
  }

  public boolean isSlow() {
    return this == SLOW_QUERY || this == SLOW_REQUEST;
  }

  /** As it is shown: {@code n_plus_one}. */
  public String label() {
    return label;
  }
}
