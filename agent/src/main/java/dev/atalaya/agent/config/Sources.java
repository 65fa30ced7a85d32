package dev.atalaya.agent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from, the highest first: system property, environment variable, agent argument,
 * file.
 */
final class Sources {
  /** How long the application's start may wait for the file. */
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  private final Map<String, String> arguments;
  private final @Nullable ConfigFile file;
  private volatile Map<String, String> fromFile = new LinkedHashMap<>();

  /** What was set while running: above the file, which it stands in for. */
  private final Map<String, String> set = new ConcurrentHashMap<>();

  /** The file as it was at the start: what is not live stays so. */
  private final Map<String, String> fromFileAtStart;

  private final List<String> warnings = new ArrayList<>();

  /** Values are read again and again, and one warning each is enough. */
  private final Set<String> said = new HashSet<>();

  private volatile int generation;
  private boolean hasRead;
  private boolean unreadable;

  private Sources(@Nullable String agentArguments) {
    arguments = arguments(agentArguments);
    String path = text(Options.CONFIG.key(), false);
    file = path == null || path.isEmpty() ? null : new ConfigFile(new File(path));
    refresh();
    fromFileAtStart = fromFile;
  }

  static Sources read(@Nullable String agentArguments) {
    return new Sources(agentArguments);
  }

  @Nullable String text(String key, boolean live) {
    String value = fromStart(key);
    if (value == null && live) value = set.get(key); // where empty is meant
    if (value != null) return value;
    Map<String, String> read = live || fromFileAtStart == null ? fromFile : fromFileAtStart;
    return filled(read.get(key));
  }

  /** Keys that begin so, wherever they are set but in variables. */
  Set<String> keys(String prefix) {
    Set<String> keys = new LinkedHashSet<>(arguments.keySet());
    keys.addAll(fromFile.keySet());
    keys.addAll(set.keySet());
    keys.addAll(System.getProperties().stringPropertyNames());
    keys.removeIf(key -> !key.startsWith(prefix));
    return keys;
  }

  /** Property, variable or argument: what does not change while the JVM runs. */
  private @Nullable String fromStart(String key) {
    String value = filled(property(key));
    if (value == null) value = filled(System.getenv(Option.variable(key)));
    return value == null ? filled(arguments.get(key)) : value;
  }

  /** Empty is not set, as OpenTelemetry has it. */
  private static @Nullable String filled(@Nullable String value) {
    return value == null || value.trim().isEmpty() ? null : value;
  }

  boolean fixed(String key) {
    return fromStart(key) != null;
  }

  synchronized void set(Map<String, String> values) {
    set.putAll(values);
    generation++;
  }

  /** What was set while running, by key. */
  Map<String, String> set() {
    return new TreeMap<>(set);
  }

  /** What the file says at present, which is what holds where nothing was set while running. */
  @Nullable String fromFile(String key) {
    return filled(fromFile.get(key));
  }

  int generation() {
    return generation;
  }

  /** Reads the file where it changed since it was last read; waits for that, a little. */
  boolean refresh() {
    if (file == null) return false;
    file.look();
    if (file.await(LONGEST_WAIT_MILLIS)) return take();
    warnOfSlow();
    return false;
  }

  /** Has the file looked at; what that brings is to be taken later. */
  void look() {
    if (file == null) return;
    if (file.isLooking()) warnOfSlow();
    else file.look();
  }

  /** True where the file was read and has changed. */
  synchronized boolean take() {
    ConfigFile.Content content = file == null ? null : file.take();
    if (content == null) return false;
    if (content.values == null) {
      if (!unreadable) {
        forget(Options.CONFIG.key());
        warnOfFile("cannot be read: " + content.problem);
      }
      unreadable = true;
      return false;
    }
    unreadable = false;
    Map<String, String> read = content.values;
    Set<String> keys = new HashSet<>(fromFile.keySet());
    keys.addAll(read.keySet());
    for (String key : keys) {
      if (Objects.equals(fromFile.get(key), read.get(key))) continue;
      set.remove(key); // the last change wins
      forget(key);
    }
    fromFile = read;
    hasRead = true;
    generation++;
    return true;
  }

  private void warnOfSlow() {
    warnOfFile("takes too long to read");
  }

  private void warnOfFile(String problem) {
    warn(
        Options.CONFIG.key()
            + ": "
            + file
            + ' '
            + problem
            + "; "
            + (hasRead ? "its last settings hold" : "going on without it"));
  }

  synchronized void warn(String line) {
    if (said.add(line)) warnings.add(line);
  }

  /** What was said of the key may be said again. */
  private void forget(String key) {
    said.removeIf(line -> line.contains(key));
  }

  synchronized List<String> takeWarnings() {
    List<String> taken = new ArrayList<>(warnings);
    warnings.clear();
    return taken;
  }

  /** Warns of what is set and is no option, probably misspelt. */
  void warnOfUnknown(Keys keys) {
    Set<String> given = new LinkedHashSet<>(arguments.keySet());
    given.addAll(fromFile.keySet());
    for (String name : System.getProperties().stringPropertyNames()) {
      if (startsOption(name, 0)) given.add(name);
    }
    for (String name : given) {
      String problem = keys.problem(name);
      if (problem != null) warn(problem);
    }
    for (String variable : System.getenv().keySet()) {
      String problem = variable.startsWith("ATALAYA_") ? keys.problemOfVariable(variable) : null;
      if (problem != null) warn(problem);
    }
  }

  /**
   * {@code key=value,key=value}; a comma starts a new option only before {@code atalaya.|otel.}.
   */
  private Map<String, String> arguments(@Nullable String text) {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) return arguments;
    int from = 0;
    while (from < text.length()) {
      int to = from;
      do {
        to = text.indexOf(',', to + 1);
      } while (to >= 0 && !startsOption(text, to + 1));
      if (to < 0) to = text.length();
      String option = text.substring(from, to).replaceAll("^[,\\s]+|[,\\s]+$", "");
      int equals = option.indexOf('=');
      if (equals > 0) {
        arguments.put(option.substring(0, equals).trim(), option.substring(equals + 1).trim());
      } else if (!option.isEmpty()) {
        warn("the agent's argument '" + option + "' is no key=value");
      }
      from = to + 1;
    }
    return arguments;
  }

  private static boolean startsOption(String text, int at) {
    return text.startsWith("atalaya.", at) || text.startsWith("otel.", at);
  }

  private static @Nullable String property(String key) {
    try {
      return System.getProperty(key);
    } catch (SecurityException forbidden) {
      return null;
    }
  }
}
