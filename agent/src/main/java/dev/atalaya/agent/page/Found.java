package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found in a trace, as the events of its spans have it. */
final class Found {
  private final Map<String, String> event;

  private Found(Map<String, String> event) {
    this.event = event;
  }

  static List<Found> in(List<Step> steps) {
    List<Found> all = new ArrayList<>(2);
    for (Step step : steps) {
      for (Value event : step.events()) {
        if (event.text("name").equals("atalaya.finding")) {
          all.add(new Found(Step.attributes(event)));
        }
      }
      all.addAll(in(step.children));
    }
    return all;
  }

  /** The one that the step is a part of, or null. */
  static @Nullable Found of(Step step, List<Found> all) {
    String fingerprint = step.attribute("atalaya.finding.fingerprint");
    for (Found one : all) {
      boolean marked = one.text("atalaya.finding.fingerprint").equals(fingerprint);
      if (marked || one.isAbout(step)) return one;
    }
    return null;
  }

  /** Whether its line of code is the step's: what is marked along with it has another. */
  boolean isAbout(Step step) {
    String statement = text("db.query.text");
    return statement.isEmpty()
        ? step.isCall()
            && text("url.template").equals(step.attribute("url.template"))
            && !text("url.template").isEmpty()
        : statement.equals(step.attribute("db.query.text"));
  }

  String problem() {
    return text("atalaya.finding.problem");
  }

  String kind() {
    return Problem.kind(text("atalaya.finding.kind"));
  }

  /** {@code OrderService.java:42}; empty where it is not known. */
  String line() {
    String line = text("code.line.number");
    return text("code.file.path") + (line.isEmpty() ? "" : ":" + line);
  }

  private String text(String key) {
    return event.getOrDefault(key, "");
  }
}
