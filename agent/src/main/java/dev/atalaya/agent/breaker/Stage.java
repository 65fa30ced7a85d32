package dev.atalaya.agent.breaker;

import java.util.Locale;

/** What the agent leaves out so as to cost less; each stage leaves out what those before it do. */
public enum Stage {
  NOTHING("leaves nothing"),
  PLANS("asks for no plans"),
  CALL_SITES("looks for no call sites; those that are known it still names"),
  FOLDING("keeps of a repeated statement the first span and the last, and folds none"),
  SPANS("exports no spans; metrics and detection go on"),
  EVERYTHING("records nothing");

  private final String sentence;

  Stage(String sentence) {
    this.sentence = sentence;
  }

  /** Completes "the agent ". */
  public String sentence() {
    return sentence;
  }

  public boolean leaves(Stage other) {
    return compareTo(other) >= 0;
  }

  /** As in options and reports: {@code call_sites}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Stage more() {
    return values()[Math.min(ordinal() + 1, values().length - 1)];
  }

  Stage less() {
    return values()[Math.max(ordinal() - 1, 0)];
  }
}
