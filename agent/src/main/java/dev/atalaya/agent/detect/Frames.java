package dev.atalaya.agent.detect;

/** Frames of a stack as text. */
final class Frames {
  private Frames() {}

  static String function(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** {@code shop.OrderService.list(OrderService.java:42)}; nothing of modules and loaders. */
  static String line(StackTraceElement frame) {
    String file = frame.getFileName();
    String place = file == null ? "Unknown Source" : file;
    if (file != null && frame.getLineNumber() >= 0) place += ":" + frame.getLineNumber();
    return function(frame) + "(" + place + ")";
  }
}
