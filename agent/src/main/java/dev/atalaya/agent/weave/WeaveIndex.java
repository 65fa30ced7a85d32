package dev.atalaya.agent.weave;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What all library instrumentations want woven, as lines of text: the build prints it into the jar,
 * and a start reads that instead of loading and asking each of them.
 *
 * <p>A line is an instrumentation's name and the versions that it is tested on, a rule, or one of
 * that rule's methods, with tabs between its parts:
 *
 * <pre>
 * jetty, Jetty 9.4.58 to 12.1.14
 *   type, flags, marks, exceptions, needs
 *     method, descriptor, advice, flags
 * </pre>
 */
public final class WeaveIndex {
  /** In the agent's loader. */
  private static final String RESOURCE = "weave-index.txt";

  private static final String NONE = "-";

  private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
  private final Map<String, String> versions = new HashMap<>();

  private WeaveIndex() {}

  /**
   * Called by name when the jar is packed.
   *
   * @param loader has the instrumentations; their libraries need not be there
   */
  public static String print(ClassLoader loader) {
    StringBuilder text = new StringBuilder();
    for (LibraryInstrumentation instrumentation :
        ServiceLoader.load(LibraryInstrumentation.class, loader)) {
      Weaver weaver = new Weaver(instrumentation.name());
      instrumentation.weave(weaver);
      text.append(instrumentation.name()).append('\t');
      text.append(instrumentation.coverage().versions()).append('\n');
      for (Rule rule : weaver.rules()) print(rule, text);
    }
    return text.toString();
  }

  /** Reads what the build printed; any thread may, and nobody else holds the result. */
  public static WeaveIndex read(ClassLoader loader) throws IOException {
    try (InputStream in = loader.getResourceAsStream(RESOURCE)) {
      if (in == null) throw new IOException("no " + RESOURCE + " in the agent's jar");
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return read(lines);
    }
  }

  static WeaveIndex read(BufferedReader lines) throws IOException {
    WeaveIndex index = new WeaveIndex();
    String instrumentation = "";
    List<Rule> rules = new ArrayList<>();
    Rule rule = null;
    for (String line; (line = lines.readLine()) != null; ) {
      String[] parts = line.split("\t", -1);
      if (!parts[0].isEmpty()) {
        instrumentation = parts[0];
        rules = new ArrayList<>();
        index.rules.put(instrumentation, rules);
        index.versions.put(instrumentation, parts[1]);
      } else if (!parts[1].isEmpty()) {
        rule = rule(instrumentation, parts);
        rules.add(rule);
      } else if (rule != null) {
        rule.methods.add(method(parts));
      }
    }
    return index;
  }

  /** The names of {@code atalaya.instrumentation.<name>.enabled}. */
  public Set<String> instrumentations() {
    return rules.keySet();
  }

  /** The versions that it is tested on, as a list in words. */
  public String versions(String instrumentation) {
    return versions.getOrDefault(instrumentation, "");
  }

  List<Rule> rules(String instrumentation) {
    return rules.getOrDefault(instrumentation, Collections.emptyList());
  }

  static void print(Rule rule, StringBuilder text) {
    text.append('\t').append(rule.type).append('\t').append(rule.flags());
    text.append('\t').append(String.join(",", rule.marks));
    text.append('\t').append(String.join(",", rule.exceptions));
    text.append('\t').append(String.join(",", rule.needs)).append('\n');
    for (Rule.Method method : rule.methods) {
      text.append("\t\t").append(method.name).append('\t');
      text.append(method.descriptor == null ? NONE : method.descriptor);
      text.append('\t').append(method.advice).append('\t').append(method.flags()).append('\n');
    }
  }

  private static Rule rule(String instrumentation, String[] parts) {
    Rule rule = Rule.of(instrumentation, parts[1], parts[2]);
    rule.marks.addAll(list(parts[3]));
    rule.exceptions = list(parts[4]);
    rule.needs = list(parts[5]);
    return rule;
  }

  private static Rule.Method method(String[] parts) {
    String descriptor = parts[3].equals(NONE) ? null : parts[3];
    return Rule.Method.of(parts[2], descriptor, parts[4], parts[5]);
  }

  private static List<String> list(String text) {
    List<String> all = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      all.add(text.substring(start, end));
      start = end + 1;
    }
    return all;
  }
}
