package dev.atalaya.agent.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One setting: its key, its default as a user would write it, how its text becomes a value, whether
 * a change of the file changes it in a running JVM, and the sentence that explains it.
 */
public final class Option<T> {
  private final String key;
  private final String defaultText;
  private final boolean live;
  private final String sentence;
  private final Form<T> form;
  private boolean secret;

  private Option(String key, String defaultText, boolean live, String sentence, Form<T> form) {
    this.key = key;
    this.defaultText = defaultText;
    this.live = live;
    this.sentence = sentence;
    this.form = form;
  }

  static Option<String> text(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, (text, doubts) -> text);
  }

  static Option<Boolean> flag(String key, boolean defaultValue, String sentence) {
    return new Option<>(key, String.valueOf(defaultValue), false, sentence, Form::flag);
  }

  static Option<Boolean> onOff(String key, boolean defaultValue, String sentence) {
    return new Option<>(key, defaultValue ? "on" : "off", false, sentence, Form::onOff);
  }

  static Option<Integer> number(String key, int defaultValue, String sentence) {
    return number(key, defaultValue, 1, Integer.MAX_VALUE, "a number from 1", sentence);
  }

  static Option<Integer> port(String key, int defaultValue, String sentence) {
    return number(key, defaultValue, 0, 65_535, "a number from 0 to 65535", sentence);
  }

  private static Option<Integer> number(
      String key, int defaultValue, int least, int most, String expected, String sentence) {
    Form<Integer> form = Form.number(least, most, expected);
    return new Option<>(key, String.valueOf(defaultValue), false, sentence, form);
  }

  /** The text of an http or https URL with a host, or {@code host:port}; or empty. */
  static Option<String> url(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Form::url);
  }

  /** Nanoseconds, written {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; bare is ms. */
  static Option<Long> duration(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Form.nanos(0));
  }

  /** The same, above 0. */
  static Option<Long> interval(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Form.nanos(1));
  }

  /** A share, written {@code 25%} or {@code 0.25}; it may be more than the whole. */
  static Option<Double> share(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Form::share);
  }

  /** Comma-separated; blanks around entries go. */
  static Option<List<String>> list(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Form::entries);
  }

  /** A list of the given words; others are left out. */
  static Option<List<String>> words(
      String key, String defaultText, String sentence, String... words) {
    return new Option<>(key, defaultText, false, sentence, Form.words(Arrays.asList(words)));
  }

  /** A list of entries that {@code looks} accepts; others are left out. */
  static Option<List<String>> list(
      String key, String sentence, String expected, Predicate<String> looks) {
    return new Option<>(key, "", false, sentence, Form.entries(expected, looks));
  }

  /** Comma-separated {@code key=value}; values may be percent-encoded as in W3C Baggage. */
  static Option<Map<String, String>> map(String key, String sentence) {
    return new Option<>(key, "", false, sentence, Form::pairs);
  }

  /** One of the words given; others are refused. */
  static Option<String> choice(String key, String defaultText, String sentence, String... words) {
    return new Option<>(key, defaultText, false, sentence, Form.choice(Arrays.asList(words)));
  }

  /** HTTP headers, as {@link #map}. */
  static Option<Map<String, String>> headers(String key, String sentence) {
    return new Option<>(key, "", false, sentence, Form::headers).secret();
  }

  /** An http or https URL that names the trace; or empty. */
  static Option<String> traceUrl(String key, String sentence) {
    return new Option<>(key, "", false, sentence, Form::traceUrl);
  }

  Option<T> live() {
    return new Option<>(key, defaultText, true, sentence, form);
  }

  /** Its value is never shown. */
  Option<T> secret() {
    secret = true;
    return this;
  }

  boolean isSecret() {
    return secret;
  }

  public String key() {
    return key;
  }

  public String defaultText() {
    return defaultText;
  }

  public boolean isLive() {
    return live;
  }

  public String sentence() {
    return sentence;
  }

  /** {@code A_B_C} for {@code a.b_c} or {@code a.b-c}. */
  public String variable() {
    return variable(key);
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /**
   * Throws IllegalArgumentException, with what is expected, where the text is no value; what of a
   * list cannot be read goes to {@code doubts}.
   */
  T value(String text, Form.Doubts doubts) {
    return form.read(text.trim(), doubts);
  }

  T value(String text) {
    return value(text, (entry, expected, instead) -> {});
  }
}
