package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.log.Escaped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message for Slack's incoming webhooks, in blocks; {@code text} is what a notification shows.
 */
final class Slack implements Channel {
  /** A block takes 3,000 characters, and an escaped one is up to five. */
  private static final int LONGEST = 500;

  private final HttpEndpoint endpoint;

  Slack(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public String address() {
    return endpoint.shown();
  }

  @Override
  public String send(ProblemEvent event, @Nullable ProblemEvent told) throws IOException {
    return endpoint.post(Json.write(message(event)));
  }

  private static Map<String, Object> message(ProblemEvent event) {
    String state = event.resolved ? "resolved" : event.severity.label();
    String what = event.kind.label().replace('_', ' ');
    List<Object> blocks = new ArrayList<>();
    add(blocks, "*" + state + ": " + what + "* in " + code(event.entryPoint));
    List<String> others = new ArrayList<>(event.findings.keySet());
    others.remove(event.entryPoint);
    if (!others.isEmpty()) add(blocks, "and in " + code(String.join(", ", others)));
    add(blocks, escaped(event.service));
    if (!event.resolved) details(blocks, event);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", state + ": " + escaped(Escaped.line(event.line)));
    message.put("blocks", blocks);
    return message;
  }

  private static void details(List<Object> blocks, ProblemEvent event) {
    Facts facts = new Facts(event.json);
    addCode(blocks, "Statement", facts.statement());
    addCode(blocks, "After", facts.cause());
    addCode(blocks, "At", facts.callSite());
    addText(blocks, "Cost", facts.cost());
    addText(blocks, "To do", facts.suggestion());
    String url = event.traceUrl;
    if (url != null && url.length() <= LONGEST) {
      add(blocks, "<" + escaped(url).replace("|", "%7C") + "|Trace>");
    }
  }

  private static void addCode(List<Object> blocks, String title, @Nullable String text) {
    if (text != null) add(blocks, "*" + title + "*\n" + block(text));
  }

  private static void addText(List<Object> blocks, String title, @Nullable String text) {
    if (text != null) add(blocks, "*" + title + "*\n" + escaped(text));
  }

  private static void add(List<Object> blocks, String markdown) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "mrkdwn");
    text.put("text", markdown);
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "section");
    block.put("text", text);
    blocks.add(block);
  }

  private static String code(String text) {
    return "`" + escaped(Escaped.line(text).replace('`', '\'')) + "`";
  }

  /** A statement may quote its names with single backticks. */
  private static String block(String text) {
    return "```" + escaped(text.replace("```", "'''")) + "```";
  }

  private static String escaped(String text) {
    StringBuilder lines = new StringBuilder();
    for (String line : text.split("\n")) {
      lines.append(lines.length() > 0 ? "\n" : "").append(Escaped.line(line));
    }
    return cut(lines.toString()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) return text;
    // Never between the halves of a surrogate pair.
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "...";
  }
}
