package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A span of a trace in OTLP/JSON, with those that it led to, the first begun first. */
final class Step {
  private static final int CLIENT = 3;
  private static final int ERROR = 2;
  private static final String[] TYPES = {"stringValue", "intValue", "doubleValue", "boolValue"};

  /** What else a span did than its name says: the first that there is. */
  private static final String[] TEXTS = {"db.query.text", "url.full", "url.path", "rpc.method"};

  final List<Step> children = new ArrayList<>(0);

  /** In ns since 1970. */
  final long start;

  final long end;
  private final Value span;
  private final Map<String, String> attributes;

  private Step(Value span) {
    this.span = span;
    attributes = attributes(span);
    start = number(span.text("startTimeUnixNano"));
    end = Math.max(start, number(span.text("endTimeUnixNano")));
  }

  /** Those that no other of the trace led to. */
  static List<Step> roots(Value otlp) {
    List<Step> all = new ArrayList<>();
    Map<String, Step> byId = new HashMap<>();
    for (Value resource : otlp.all("resourceSpans")) {
      for (Value scope : resource.all("scopeSpans")) {
        for (Value span : scope.all("spans")) all.add(new Step(span));
      }
    }
    all.sort((a, b) -> Long.compare(a.start, b.start));
    for (Step step : all) byId.put(step.span.text("spanId"), step);
    List<Step> roots = new ArrayList<>();
    for (Step step : all) {
      Step parent = byId.get(step.span.text("parentSpanId"));
      (parent == null || parent == step ? roots : parent.children).add(step);
    }
    return roots;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  static Map<String, String> attributes(Value of) {
    Map<String, String> attributes = new HashMap<>();
    for (Value one : of.all("attributes")) {
      for (String type : TYPES) {
        String text = one.at("value").text(type);
        if (!text.isEmpty()) attributes.put(one.text("key"), text);
      }
    }
    return attributes;
  }

  String name() {
    return span.text("name");
  }

  /** Empty where the name says all. */
  String text() {
    for (String key : TEXTS) {
      String text = attributes.get(key);
      if (text != null) return text;
    }
    return "";
  }

  /** Empty for none. */
  String attribute(String key) {
    return attributes.getOrDefault(key, "");
  }

  double figure(String key) {
    try {
      return Double.parseDouble(attribute(key));
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /** Executions that it stands for. */
  int times() {
    return Math.max(1, (int) figure("atalaya.collapsed.count"));
  }

  /** The time that all of these took, in ms. */
  double millis() {
    return times() > 1 ? figure("atalaya.collapsed.sum_ms") : (end - start) / 1e6;
  }

  boolean isDatabase() {
    return attributes.containsKey("db.system.name");
  }

  boolean isCall() {
    return span.number("kind") == CLIENT;
  }

  boolean isFailed() {
    return span.at("status").number("code") == ERROR;
  }

  List<Value> events() {
    return span.all("events");
  }

  /** The exception's, or what else failed; empty for none. */
  String error() {
    return isFailed() ? attribute("error.type") : "";
  }

  /** The same for calls that nothing tells apart but their time. */
  String likeness() {
    return name() + '\n' + text() + '\n' + error();
  }
}
