package shop.report;

/** What a terminal is told of the report. */
final class Outline {
  private Outline() {}

  static String of(Comparison comparison) {
    StringBuilder outline = new StringBuilder();
    row(outline, "endpoint, 95th percentile", "naive", "tuned", "");
    for (EndpointChange change : comparison.endpoints()) {
      row(
          outline,
          change.endpoint().title(),
          Text.millis(change.naive().times().p95()),
          Text.millis(change.tuned().times().p95()),
          change.tuned().grade().title() + ", " + change.outcome().title());
    }
    outline.append('\n');
    row(outline, "target", "naive", "tuned", "");
    for (Verdict verdict : comparison.verdicts()) {
      row(
          outline,
          verdict.target() + ", " + verdict.required(),
          verdict.naive(),
          verdict.tuned(),
          verdict.tunedMet() ? "met" : "not met");
    }
    for (Problem problem : comparison.alarming(Edition.TUNED)) {
      outline
          .append("\nleft in the tuned edition: ")
          .append(problem.kind())
          .append(" at ")
          .append(String.join(", ", problem.entryPoints()))
          .append(", ")
          .append(problem.line());
    }
    return outline.toString();
  }

  private static void row(StringBuilder outline, String what, String a, String b, String c) {
    outline.append(Text.format("%-46s %18s %18s  %s%n", what, a, b, c));
  }
}
