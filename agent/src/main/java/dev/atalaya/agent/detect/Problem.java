package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to mend: findings of one kind, operation and line of code, whatever entry points lead
 * there. Changed by the worker alone, read by any thread.
 */
final class Problem {
  final String id;

  /** In the order in which they were first seen; replaced as a whole. */
  private volatile List<Finding> findings = Collections.emptyList();

  // As it was told about last.
  long toldMillis;

  /** Null where nobody was told that it fires. */
  @Nullable Severity toldSeverity;

  int toldCount;

  /** Where it was seen first, for as long as it fires. */
  String toldEntryPoint = "";

  /** The finding that was shown when it was told. */
  @Nullable Finding told;

  Problem(String id) {
    this.id = id;
  }

  List<Finding> findings() {
    return findings;
  }

  void add(Finding finding) {
    List<Finding> more = new ArrayList<>(findings);
    more.add(finding);
    findings = more;
  }

  void remove(Finding finding) {
    List<Finding> fewer = new ArrayList<>(findings);
    fewer.remove(finding);
    findings = fewer;
  }

  boolean isResolved() {
    return isResolved(findings);
  }

  static boolean isResolved(List<Finding> all) {
    for (Finding finding : all) if (!finding.isResolved()) return false;
    return true;
  }

  /**
   * The finding that speaks for all: one that fires, the most severe, the one that has wasted most.
   *
   * @param confidence a finding that is less sure speaks only where there is no other
   */
  static Finding lead(List<Finding> all, double confidence) {
    Finding lead = all.get(0);
    for (Finding finding : all) if (leads(finding, lead, confidence)) lead = finding;
    return lead;
  }

  /** The most of what is typical for a finding that fires. */
  int countTypical() {
    int most = 0;
    for (Finding finding : findings) {
      if (!finding.isResolved()) most = Math.max(most, finding.countTypical());
    }
    return most;
  }

  long wastedNanos() {
    long wasted = 0;
    for (Finding finding : findings) wasted += finding.wastedNanos();
    return wasted;
  }

  long lastSeenMillis() {
    long last = 0;
    for (Finding finding : findings) last = Math.max(last, finding.lastSeenMillis);
    return last;
  }

  private static boolean leads(Finding one, Finding other, double confidence) {
    if (one.isResolved() != other.isResolved()) return other.isResolved();
    boolean sure = one.latest.confidence >= confidence;
    if (sure != other.latest.confidence >= confidence) return sure;
    int severity = one.severity().compareTo(other.severity());
    return severity != 0 ? severity > 0 : one.wastedNanos() > other.wastedNanos();
  }
}
