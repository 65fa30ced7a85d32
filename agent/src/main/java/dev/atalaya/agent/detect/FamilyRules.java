package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/** How detection treats the operations of one family. */
abstract class FamilyRules {
  /**
   * How often an operation must repeat in a request, or else in a job or a thread's own work, to be
   * looked at.
   */
  abstract Option<Integer> threshold(boolean request, boolean writes);

  /** The kind of such repeats; null where they are of none. */
  abstract @Nullable Kind repeated(OperationSummary s);

  /** Reads from the text of a template what it is for; once per template. */
  void read(Template template, Traits into) {
    into.batch = template.batch;
  }

  /** What to change, where no library has better words. */
  abstract Fix suggest(Subject subject);

  /** How many writes are sent in one round trip, as a sentence ends: {@code as batches}. */
  String sentTogether() {
    return "at once";
  }

  /** Whether the suggestion for one finding is the same each time, so that it may be kept. */
  boolean saysTheSame() {
    return true;
  }

  /** The operation in a line. */
  String brief(Operation operation) {
    return operation.summary;
  }

  /** The share of executions that found something; below 0 where that is not known. */
  double hitRatio(OperationSummary s) {
    return -1;
  }

  /** Whether a batch may be too small; else sending together is all that can be asked for. */
  boolean sizesBatches() {
    return false;
  }
}
