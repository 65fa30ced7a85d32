package dev.atalaya.agent.callsite;

/**
 * Lambdas that the compiler makes classes of, as Kotlin's does of suspend lambdas: {@code
 * Orders$list$1$total$1.invokeSuspend} is of {@code Orders.list}.
 */
final class LambdaClass {
  private LambdaClass() {}

  /** The frame as one of the function that holds the lambda; others as they are. */
  static StackTraceElement holder(StackTraceElement frame) {
    String method = frame.getMethodName();
    boolean suspends = method.equals("invokeSuspend");
    // Of a lambda, and of one that collects a flow.
    if (!suspends && !method.equals("invoke") && !method.equals("emit")) return frame;
    String type = frame.getClassName();
    int end = type.indexOf('$');
    if (end < 0 || !isNumber(type.substring(type.lastIndexOf('$') + 1))) return frame;
    while (Character.isUpperCase(type.charAt(end + 1))) end = type.indexOf('$', end + 1);
    int next = type.indexOf('$', end + 1);
    String function = type.substring(end + 1, next < 0 ? type.length() : next);
    if (function.isEmpty()) return frame;
    if (isNumber(function)) {
      if (!suspends) return frame; // an anonymous class, with a method of that name
      function = "<init>";
    }
    return new StackTraceElement(
        type.substring(0, end), function, frame.getFileName(), frame.getLineNumber());
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
    }
    return !text.isEmpty();
  }
}
