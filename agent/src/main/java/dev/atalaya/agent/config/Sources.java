package dev.atalaya.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where values come from, the highest first: system property, environment variable, agent argument,
 * file.
 */
final class Sources {
  private final Map<String, String> arguments;
  private final @Nullable File file;
  private volatile Map<String, String> fromFile = new LinkedHashMap<>();

  /** What was set while running: above the file, which it stands in for. */
  private final Map<String, String> set = new ConcurrentHashMap<>();

  /** The file as it was at the start: what is not live stays so. */
  private final Map<String, String> fromFileAtStart;

  private final Set<String> warnings = new LinkedHashSet<>();
  private volatile int generation;
  private long fileStamp = -1;
  private boolean unreadable;

  private Sources(Map<String, String> arguments) {
    this.arguments = arguments;
    String path = text(Options.CONFIG.key(), false);
    file = path == null || path.isEmpty() ? null : new File(path);
    refresh();
    fromFileAtStart = fromFile;
  }

  static Sources read(@Nullable String agentArguments) {
    return new Sources(arguments(agentArguments));
  }

  @Nullable String text(String key, boolean live) {
    String value = fromStart(key);
    if (value == null && live && !set.isEmpty()) value = set.get(key);
    if (value == null) {
      Map<String, String> read = live || fromFileAtStart == null ? fromFile : fromFileAtStart;
      value = read.get(key);
    }
    return value;
  }

  /** Property, variable or argument: what does not change while the JVM runs. */
  private @Nullable String fromStart(String key) {
    String value = property(key);
    if (value == null) value = System.getenv(Option.variable(key));
    if (value != null && value.isEmpty()) value = null; // OpenTelemetry: empty is not set
    return value == null ? arguments.get(key) : value;
  }

  boolean fixed(String key) {
    return fromStart(key) != null;
  }

  synchronized void set(Map<String, String> values) {
    set.putAll(values);
    generation++;
  }

  int generation() {
    return generation;
  }

  /** Reads the file where it changed since it was last read. */
  synchronized boolean refresh() {
    if (file == null) return false;
    long stamp = file.exists() ? file.lastModified() * 31 + file.length() : 0;
    if (stamp == fileStamp) return false;
    fileStamp = stamp;
    Properties properties = new Properties();
    try (InputStream in = new FileInputStream(file)) {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException error) {
      if (!unreadable) {
        warn(
            Options.CONFIG.key() + ": " + file + " cannot be read ("
                + error.getMessage() + "); going on without it");
      }
      unreadable = true;
      return false;
    }
    unreadable = false;
    Map<String, String> read = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      read.put(key, properties.getProperty(key).trim());
    }
    fromFile = read;
    generation++;
    return true;
  }

  synchronized void warn(String line) {
    warnings.add(line);
  }

  synchronized List<String> takeWarnings() {
    List<String> taken = new ArrayList<>(warnings);
    warnings.clear();
    return taken;
  }

  /** Names that start as ours do and are none of ours: probably a slip of the pen. */
  void warnOfUnknown(List<Option<?>> known) {
    Set<String> given = new LinkedHashSet<>(arguments.keySet());
    given.addAll(fromFile.keySet());
    for (Object name : System.getProperties().keySet()) given.add(String.valueOf(name));
    for (String name : given) {
      if (name.startsWith("atalaya.") && !isKnown(name, known)) {
        warn("unknown option " + name + nearest(name, known));
      }
    }
    for (String variable : System.getenv().keySet()) {
      if (!variable.startsWith("ATALAYA_") || isKnownVariable(variable, known)) continue;
      String key = variable.toLowerCase(java.util.Locale.ROOT).replaceFirst("_", ".");
      warn("unknown environment variable " + variable + nearest(key, known));
    }
  }

  private static boolean isKnown(String name, List<Option<?>> known) {
    for (Option<?> option : known) if (option.key().equals(name)) return true;
    return name.startsWith(Options.INSTRUMENTATION_PREFIX) && name.endsWith(".enabled");
  }

  private static boolean isKnownVariable(String variable, List<Option<?>> known) {
    for (Option<?> option : known) if (option.variable().equals(variable)) return true;
    return variable.startsWith(Option.variable(Options.INSTRUMENTATION_PREFIX))
        && variable.endsWith("_ENABLED");
  }

  private static String nearest(String name, List<Option<?>> known) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (Option<?> option : known) {
      int distance = distance(name, option.key());
      if (distance < least) {
        least = distance;
        best = option.key();
      }
    }
    return "; did you mean " + best + "?";
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitute, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  /** {@code key=value,key=value}; a comma starts a new option only before {@code atalaya.|otel.}. */
  private static Map<String, String> arguments(@Nullable String text) {
    Map<String, String> arguments = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) return arguments;
    int from = 0;
    while (from < text.length()) {
      int to = from;
      do {
        to = text.indexOf(',', to + 1);
      } while (to >= 0 && !text.startsWith("atalaya.", to + 1) && !text.startsWith("otel.", to + 1));
      if (to < 0) to = text.length();
      String option = text.substring(from, to).replaceAll("^[,\\s]+|[,\\s]+$", "");
      int equals = option.indexOf('=');
      if (equals > 0) {
        arguments.put(option.substring(0, equals).trim(), option.substring(equals + 1).trim());
      } else if (!option.trim().isEmpty()) {
        arguments.put(option.trim(), "");
      }
      from = to + 1;
    }
    return arguments;
  }

  private static @Nullable String property(String key) {
    try {
      return System.getProperty(key);
    } catch (SecurityException forbidden) {
      return null;
    }
  }
}
