package dev.atalaya.agent.explain;

import org.jspecify.annotations.Nullable;

/** How a database would run a statement. */
public final class Plan {
  /** For people, as the database or its usual tools show it: without literals, at most 8 KB. */
  public final String text;

  /** The index that a scan of a large table lacks, as DDL; null where none is known. */
  public final @Nullable String suggestion;

  Plan(String text, @Nullable String suggestion) {
    this.text = Literals.bounded(text);
    this.suggestion = suggestion;
  }
}
