package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;
import java.util.List;
import java.util.Map;

/** A call's arguments, as its tool's schema has them. */
final class Arguments {
  private final Map<?, ?> given;

  /** Throws {@link Wrong} where they do not fit. */
  Arguments(Map<?, ?> given, Map<String, Map<String, Object>> properties, List<String> required) {
    this.given = given;
    for (Object name : given.keySet()) {
      if (properties.containsKey(String.valueOf(name))) continue;
      throw new Wrong("There is no argument " + cut(name) + "; there are " + properties.keySet());
    }
    properties.forEach((name, schema) -> check(name, schema));
    for (String name : required) {
      if (text(name).isEmpty()) throw new Wrong("The argument " + name + " is missing.");
    }
  }

  private void check(String name, Map<String, Object> schema) {
    String text = text(name);
    if (text.isEmpty()) return;
    Object words = schema.get("enum");
    if (words instanceof List && !((List<?>) words).contains(text)) {
      throw new Wrong(name + " is one of " + words + ", and not " + cut(text) + ".");
    }
    if ("boolean".equals(schema.get("type")) && !text.equals("true") && !text.equals("false")) {
      throw new Wrong(name + " is true or false, and not " + cut(text) + ".");
    }
    Object least = schema.get("minimum");
    Object most = schema.get("maximum");
    if (!(least instanceof Integer) || !(most instanceof Integer)) return;
    int number = number(name, Integer.MIN_VALUE);
    if (number < (Integer) least || number > (Integer) most) {
      throw new Wrong(name + " is a whole number from " + least + " to " + most + ".");
    }
  }

  /** Empty where it is not given. */
  String text(String name) {
    Object value = given.get(name);
    return value == null ? "" : Json.text(value);
  }

  /** {@code otherwise} where it is not given, or no whole number. */
  int number(String name, int otherwise) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }

  private static String cut(Object text) {
    String whole = String.valueOf(text);
    return whole.length() <= 60 ? whole : whole.substring(0, 60) + "...";
  }
}
