package dev.atalaya.agent.watch;

import dev.atalaya.agent.callsite.CallSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The application's frames of a stack, as problems have them. */
final class Stack {
  private Stack() {}

  /** The innermost, and all of them below {@code stack}. */
  static Map<String, Object> json(CallSite site) {
    Map<String, Object> json = frame(site.top());
    List<Object> stack = new ArrayList<>();
    for (StackTraceElement frame : site.frames) stack.add(frame(frame));
    json.put("stack", stack);
    return json;
  }

  static Map<String, Object> frame(StackTraceElement frame) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("function", frame.getClassName() + "." + frame.getMethodName());
    json.put("file", frame.getFileName());
    json.put("line", frame.getLineNumber() < 0 ? null : frame.getLineNumber());
    return json;
  }
}
