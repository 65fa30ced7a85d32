package dev.atalaya.it.deployment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An expression of Prometheus, as far as its names go. */
record PromQl(String text) {
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][\\w:]*)\\s*(?:\\{([^}]*)})?(?!\\s*\\(|[\\w:{])");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern THRESHOLD =
      Pattern.compile("(?:==|!=|>=|<=|>|<)\\s*[-0-9.]+(?:e[-+]?\\d+)?");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** Each series that is selected, with the labels that it is selected by. */
  Map<String, Set<String>> selected() {
    String bare = GROUPING.matcher(withoutStrings()).replaceAll(" ").replaceAll("\\[[^]]*]", " ");
    Map<String, Set<String>> selected = new LinkedHashMap<>();
    Matcher matcher = SELECTOR.matcher(bare);
    while (matcher.find()) {
      if (WORDS.contains(matcher.group(1))) continue;
      Set<String> labels = selected.computeIfAbsent(matcher.group(1), name -> new TreeSet<>());
      if (matcher.group(2) == null) continue;
      Matcher label = LABEL.matcher(matcher.group(2));
      while (label.find()) labels.add(label.group(1));
    }
    return selected;
  }

  /** The labels that results are grouped or matched by. */
  Set<String> grouped() {
    Set<String> labels = new TreeSet<>();
    Matcher matcher = GROUPING.matcher(withoutStrings());
    while (matcher.find()) {
      for (String label : matcher.group(1).split(",")) {
        if (!label.isBlank()) labels.add(label.trim());
      }
    }
    return labels;
  }

  /** What stands left of thresholds and of {@code unless}: what there is, be it alarming or not. */
  PromQl leftSide() {
    String left = text.split("\\bunless\\b")[0];
    return new PromQl(THRESHOLD.matcher(left).replaceAll(""));
  }

  boolean hasThreshold() {
    return THRESHOLD.matcher(text).find() || text.contains("unless");
  }

  private String withoutStrings() {
    return STRING.matcher(text).replaceAll("\"\"");
  }
}
