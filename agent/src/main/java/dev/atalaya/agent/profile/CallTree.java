package dev.atalaya.agent.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stacks folded into a tree, the outermost frame first, with how often each was seen. Bounded. */
final class CallTree {
  private static final int MOST_NODES = 2_000;
  private static final int MOST_FRAMES = 256;

  /** What does not fit stands under this name. */
  private static final String OTHERS = "...";

  private final Node root = new Node("");
  private int nodes;

  /** The innermost frame comes first, as the JVM gives it. */
  void add(StackTraceElement[] stack) {
    Node at = root;
    at.samples++;
    for (int i = Math.min(stack.length, MOST_FRAMES) - 1; i >= 0 && !at.name.equals(OTHERS); i--) {
      at = at.child(name(stack[i]));
      at.samples++;
    }
  }

  void add(CallTree other) {
    add(root, other.root);
  }

  private void add(Node to, Node from) {
    to.samples += from.samples;
    if (from.children == null || to.name.equals(OTHERS)) return;
    for (Node child : from.children.values()) add(to.child(child.name), child);
  }

  long samples() {
    return root.samples;
  }

  /** {@code a;b;c} and how often c was the innermost, in the order of the tree. */
  List<Map<String, Object>> stacks() {
    List<Map<String, Object>> stacks = new ArrayList<>();
    stacks(root, "", stacks);
    return stacks;
  }

  private static void stacks(Node node, String path, List<Map<String, Object>> into) {
    long own = node.samples;
    if (node.children != null) {
      for (Node child : node.children.values()) {
        own -= child.samples;
        stacks(child, path.isEmpty() ? child.name : path + ';' + child.name, into);
      }
    }
    if (own <= 0 || path.isEmpty()) return;
    Map<String, Object> stack = new LinkedHashMap<>();
    stack.put("stack", path);
    stack.put("samples", own);
    into.add(stack);
  }

  /** {@code shop.Carts.total}, a lambda as the method that holds it. */
  private static String name(StackTraceElement frame) {
    String type = frame.getClassName();
    int lambda = type.indexOf("$$Lambda");
    return (lambda < 0 ? type : type.substring(0, lambda)) + '.' + frame.getMethodName();
  }

  private final class Node {
    final String name;
    long samples;
    @Nullable Map<String, Node> children;

    Node(String name) {
      this.name = name;
    }

    Node child(String called) {
      Map<String, Node> known = children;
      if (known == null) children = known = new LinkedHashMap<>(2);
      Node child = known.get(called);
      if (child != null) return child;
      String as = nodes < MOST_NODES ? called : OTHERS;
      child = known.get(as);
      if (child == null) {
        nodes++;
        child = new Node(as);
        known.put(as, child);
      }
      return child;
    }
  }
}
