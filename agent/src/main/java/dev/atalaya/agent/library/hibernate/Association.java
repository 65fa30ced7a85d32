package dev.atalaya.agent.library.hibernate;

/**
 * What Hibernate loads, taken apart: {@code shop.Order.lines}, or an entity, {@code shop.Customer}.
 */
final class Association {
  /** Without package: {@code Order}. */
  final String owner;

  /** {@code lines}, or {@code details.lines} inside of an embeddable; empty for an entity. */
  final String path;

  private Association(String owner, String path) {
    this.owner = owner;
    this.path = path;
  }

  static Association of(String loading) {
    String[] parts = loading.split("\\.");
    int type = parts.length - 1;
    while (type > 0 && !isType(parts[type])) type--;
    // No class by the looks of it: what is last is the attribute.
    if (!isType(parts[type]) && parts.length > 1) type = parts.length - 2;
    StringBuilder path = new StringBuilder();
    for (int i = type + 1; i < parts.length; i++) {
      if (parts[i].startsWith("{")) continue;
      path.append(path.length() == 0 ? "" : ".").append(parts[i]);
    }
    return new Association(
        parts[type].substring(parts[type].lastIndexOf('$') + 1), path.toString());
  }

  boolean isEntity() {
    return path.isEmpty();
  }

  /** {@code Order} of {@code shop.Model$Order}. */
  static String simple(String entity) {
    return entity.substring(Math.max(entity.lastIndexOf('.'), entity.lastIndexOf('$')) + 1);
  }

  @Override
  public String toString() {
    return owner + "." + path;
  }

  private static boolean isType(String part) {
    int simple = part.lastIndexOf('$') + 1;
    return simple < part.length() && Character.isUpperCase(part.charAt(simple));
  }
}
