package dev.atalaya.agent.page;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A problem of the API in the words of the pages. */
final class Problem {
  private static final int DEPTH = 4;

  final Value json;

  Problem(Value json) {
    this.json = json;
  }

  String id() {
    return json.text("problem");
  }

  boolean isResolved() {
    return json.text("status").equals("resolved");
  }

  /** {@code N+1}, {@code slow query}. */
  String kind() {
    return kind(json.text("kind"));
  }

  static String kind(String label) {
    return label.replace("n_plus_one", "N+1").replace('_', ' ');
  }

  /** {@code SELECT products ×34}; of a slow request its entry point. */
  String title() {
    Value operation = json.at("operation");
    if (!operation.isAbsent()) return times(operation);
    List<Value> places = json.all("entry_points");
    return places.isEmpty() ? kind() : places.get(0).text("entry_point");
  }

  /** {@code SELECT products ×34}, {@code GET user:{} ×34}. */
  static String times(Value operation) {
    String count = operation.text("count_typical");
    String times = count.isEmpty() || count.equals("1") ? "" : " \u00d7" + count;
    return operation.text("brief") + times;
  }

  /** {@code OrderService.java:42}; empty where it is not known. */
  static String line(Value site) {
    String line = site.text("line");
    return site.text("file") + (line.isEmpty() ? "" : ":" + line);
  }

  /** {@code shop.OrderService.list:42}. */
  static String frame(Value frame) {
    String line = frame.text("line");
    return frame.text("function") + (line.isEmpty() ? "" : ":" + line);
  }

  /** Of several stacks the frame of each at the innermost line in which they differ. */
  static String caller(Value site, List<Value> sites) {
    int depth = 0;
    while (depth < DEPTH && frames(sites, depth).size() == 1) depth++;
    return frame(site, depth);
  }

  private static Set<String> frames(List<Value> sites, int depth) {
    Set<String> frames = new HashSet<>();
    for (Value site : sites) frames.add(frame(site, depth));
    return frames;
  }

  private static String frame(Value site, int depth) {
    List<Value> stack = site.all("stack");
    return stack.isEmpty() ? "" : frame(stack.get(Math.min(depth, stack.size() - 1)));
  }

  /** The class that calls, without its package and what is nested in it. */
  String type() {
    String function = json.at("call_site").text("function");
    String type = function.substring(0, Math.max(0, function.lastIndexOf('.')));
    int nested = type.indexOf('$');
    return nested < 0 ? type : type.substring(0, nested);
  }

  /** What its operation reads or writes: {@code products} of {@code SELECT products}. */
  String target() {
    String summary = json.at("operation").text("summary");
    return summary.substring(summary.indexOf(' ') + 1);
  }
}
