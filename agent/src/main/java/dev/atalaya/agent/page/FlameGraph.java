package dev.atalaya.agent.page;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folded stacks as a picture: the outermost frame above, as wide as it was seen often. */
final class FlameGraph {
  private static final int ROW = 18;
  private static final int ROWS = 60;

  /** Of all samples; what is narrower can't be seen. */
  private static final double LEAST = 0.004;

  private final Node root = new Node("");
  private double all;
  private int depth;

  private FlameGraph() {}

  /** Writes it; {@code stacks} as the API has them. */
  static void show(Value profile, Html html) {
    FlameGraph graph = new FlameGraph();
    for (Value stack : profile.all("stacks")) {
      graph.add(stack.text("stack"), stack.number("samples"));
    }
    graph.show(html);
  }

  private void add(String stack, double samples) {
    Node at = root;
    at.samples += samples;
    for (String frame : stack.split(";")) {
      at = at.children.computeIfAbsent(frame, Node::new);
      at.samples += samples;
    }
  }

  private void show(Html html) {
    all = root.samples;
    if (all == 0) return;
    Node first = branching(root);
    Html rows = new Html();
    double x = 0;
    for (Node child : first.children.values()) {
      draw(child, x, 0, rows);
      x += child.samples / all;
    }
    html.raw("<svg class=\"flame\" role=\"img\" aria-label=\"Where the time went\" width=\"100%\"");
    html.raw(" height=\"").raw(String.valueOf((depth + 1) * ROW)).raw("\">");
    html.append(rows).raw("</svg>");
  }

  /** Where all stacks have the same outer frames, these tell nothing. */
  private static Node branching(Node root) {
    Node at = root;
    for (; ; ) {
      Node only = at.only();
      if (only == null || only.children.isEmpty() || only.samples < at.samples) return at;
      at = only;
    }
  }

  private void draw(Node node, double x, int row, Html html) {
    double share = node.samples / all;
    if (share < LEAST || row >= ROWS) return;
    depth = Math.max(depth, row);
    html.raw("<svg x=\"").raw(percent(x)).raw("\" y=\"").raw(String.valueOf(row * ROW));
    html.raw("\" width=\"").raw(percent(share)).raw("\" height=\"17\"><title>").text(node.name);
    html.text(" " + Figures.percent(share)).raw("</title><rect class=\"f");
    html.raw(String.valueOf(Math.floorMod(type(node.name).hashCode(), 4)));
    html.raw("\" width=\"100%\" height=\"100%\"/>");
    if (share > 0.03) html.raw("<text x=\"4\" y=\"13\">").text(brief(node.name)).raw("</text>");
    html.raw("</svg>");
    double at = x;
    for (Node child : node.children.values()) {
      draw(child, at, row + 1, html);
      at += child.samples / all;
    }
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", share * 100);
  }

  private static String type(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  /** {@code Carts.total} of {@code shop.Carts.total}. */
  private static String brief(String name) {
    int method = name.lastIndexOf('.');
    return name.substring(name.lastIndexOf('.', method - 1) + 1);
  }

  private static final class Node {
    final String name;
    final Map<String, Node> children = new LinkedHashMap<>();
    double samples;

    Node(String name) {
      this.name = name;
    }

    @Nullable Node only() {
      return children.size() == 1 ? children.values().iterator().next() : null;
    }
  }
}
