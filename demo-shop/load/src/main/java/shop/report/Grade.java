package shop.report;

import shop.load.EndpointClass;

/** How an endpoint's time stands to its class' bounds. */
enum Grade {
  TARGET("target"),
  ACCEPTABLE("acceptable"),
  /** Neither acceptable nor critical yet. */
  SLOW("slow"),
  CRITICAL("critical");

  private final String title;

  Grade(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  static Grade of(EndpointClass kind, double millis) {
    if (millis < kind.target()) {
      return TARGET;
    }
    if (millis < kind.acceptable()) {
      return ACCEPTABLE;
    }
    return millis > kind.critical() ? CRITICAL : SLOW;
  }
}
