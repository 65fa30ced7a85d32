package dev.atalaya.agent.callsite;

/** The names that compilers give to lambdas. */
final class LambdaName {
  private LambdaName() {}

  /** The method that holds the lambda; other methods' names as they are. */
  static String holder(String method) {
    if (method.indexOf('$') < 0) return method;
    if (method.startsWith("lambda$")) return java(method.substring(7));
    if (method.startsWith("$anonfun$")) return scala(method.substring(9));
    int kotlin = method.indexOf("$lambda");
    // Where a suspend function that may be overridden has its code.
    if (kotlin < 0) kotlin = method.indexOf("$suspendImpl");
    return kotlin > 0 ? method.substring(0, kotlin) : method;
  }

  /** {@code list$3}; {@code list$5d3f1c2a$1} where it is serializable; {@code new$0}. */
  private static String java(String rest) {
    String name = withoutNumber(rest);
    int hash = name.lastIndexOf('$');
    if (hash > 0 && name.length() - hash > 6 && isHex(name, hash + 1)) {
      name = name.substring(0, hash);
    }
    if (name.equals("new")) return "<init>";
    return name.equals("static") ? "<clinit>" : name;
  }

  /** {@code list$1}, {@code list$1$adapted}; nested {@code $anonfun$list$2}. */
  private static String scala(String rest) {
    String name = rest.endsWith("$adapted") ? rest.substring(0, rest.length() - 8) : rest;
    return holder(withoutNumber(name));
  }

  private static String withoutNumber(String name) {
    int end = name.lastIndexOf('$');
    if (end <= 0 || end + 1 == name.length()) return name;
    for (int i = end + 1; i < name.length(); i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') return name;
    }
    return name.substring(0, end);
  }

  private static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) return false;
    }
    return true;
  }
}
