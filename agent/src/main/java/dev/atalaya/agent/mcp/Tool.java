package dev.atalaya.agent.mcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an assistant may call: its name, what it is told of it, its arguments, and the answer. */
final class Tool {
  final String name;
  private final String title;
  private final String description;
  private final Function<Arguments, @Nullable Object> answer;
  private final Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
  private final List<String> required = new ArrayList<>();

  Tool(
      String name, String title, String description, Function<Arguments, @Nullable Object> answer) {
    this.name = name;
    this.title = title;
    this.description = description;
    this.answer = answer;
  }

  Tool required(String argument, String sentence) {
    required.add(argument);
    return text(argument, sentence);
  }

  /** {@code words}: what it may be; any text where there are none. */
  Tool text(String argument, String sentence, String... words) {
    Map<String, Object> schema = schema(argument, "string", sentence);
    if (words.length > 0) schema.put("enum", Arrays.asList(words));
    return this;
  }

  Tool number(String argument, String sentence, int least, int most) {
    Map<String, Object> schema = schema(argument, "integer", sentence);
    schema.put("minimum", least);
    schema.put("maximum", most);
    return this;
  }

  Tool flag(String argument, String sentence) {
    schema(argument, "boolean", sentence);
    return this;
  }

  private Map<String, Object> schema(String argument, String type, String sentence) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put("description", sentence);
    properties.put(argument, schema);
    return schema;
  }

  Map<String, Object> json() {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("type", "object");
    input.put("properties", properties);
    if (!required.isEmpty()) input.put("required", required);
    input.put("additionalProperties", false);
    Map<String, Object> tool = new LinkedHashMap<>();
    tool.put("name", name);
    tool.put("title", title);
    tool.put("description", description);
    tool.put("inputSchema", input);
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("readOnlyHint", true);
    annotations.put("openWorldHint", false);
    tool.put("annotations", annotations);
    return tool;
  }

  /** Throws {@link Wrong} where an argument is. */
  @Nullable Object answer(Map<?, ?> given) {
    return answer.apply(new Arguments(given, Collections.unmodifiableMap(properties), required));
  }
}
