package dev.atalaya.agent.detect;

/** What to change about commands on keys, whichever store they go to. */
final class KeyValueSuggestion {
  private KeyValueSuggestion() {}

  static Fix of(Subject subject) {
    switch (subject.kind) {
      case SLOW_QUERY:
        return new Fix("Look for a large value, a busy server, or a wait for a connection.");
      case DUPLICATE_QUERY:
        return Fix.keep(
            "Read it once and keep the value for the request; what seldom changes also in a cache"
                + " in the JVM.",
            null,
            subject);
      default:
        return new Fix("Send them at once: by a command for many keys, or in one pipeline.");
    }
  }
}
