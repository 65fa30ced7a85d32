package dev.atalaya.agent.detect;

import java.util.Locale;

/** What a repeated or slow operation, or a unit of work, turned out to be. */
public enum Kind {
  N_PLUS_ONE("N+1", Sort.REPETITION, SeverityRule.COST),
  N_PLUS_ONE_WRITE("N+1 writes", Sort.REPETITION, SeverityRule.COST),
  N_PLUS_ONE_CACHE("N+1 cache", Sort.REPETITION, SeverityRule.COST),
  N_PLUS_ONE_HTTP("N+1 calls", Sort.REPETITION, SeverityRule.COST),
  DUPLICATE_QUERY("Duplicate query", Sort.WASTE, SeverityRule.COST),
  BATCH_TOO_SMALL("Batch too small", Sort.WASTE, SeverityRule.ALWAYS_INFO),
  CHATTY("Chatty", Sort.UNIT_OF_WORK, SeverityRule.ALWAYS_INFO),
  SLOW_QUERY("Slow query", Sort.SLOW, SeverityRule.THRESHOLD),
  SLOW_REQUEST("Slow request", Sort.SLOW, SeverityRule.THRESHOLD),
  IGNORED,
  SEQUENCE,
  RETRY_STORM,
  QUEUE_POLL,
  POLLING,
  PAGINATION,
  CHUNKED_READ;

  private enum Sort {
    /** One for each row of another read. */
    REPETITION,
    /** Another thing about an operation that costs more round trips than it needs. */
    WASTE,
    /** Said of a whole unit of work, not of one operation. */
    UNIT_OF_WORK,
    SLOW,
    /** Right as it is: counted, and no finding. */
    COUNTED
  }

  private final String label = name().toLowerCase(Locale.ROOT);
  private final String title;
  private final Sort sort;
  private final SeverityRule severity;

  Kind() {
    this("", Sort.COUNTED, SeverityRule.ALWAYS_INFO);
  }

  Kind(String title, Sort sort, SeverityRule severity) {
    this.title = title;
    this.sort = sort;
    this.severity = severity;
  }

  public boolean isFinding() {
    return sort != Sort.COUNTED;
  }

  /** One for each row of another read. */
  public boolean isNPlusOne() {
    return sort == Sort.REPETITION;
  }

  /** Whether it is said of one operation, among others in the unit of work. */
  boolean isOfOperation() {
    return sort == Sort.REPETITION || sort == Sort.WASTE;
  }

  public boolean isSlow() {
    return sort == Sort.SLOW;
  }

  /** In metrics and JSON: {@code n_plus_one}. */
  public String label() {
    return label;
  }

  /** Of a finding, for people: {@code N+1}. */
  String title() {
    return title;
  }

  SeverityRule severity() {
    return severity;
  }
}
