package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * What an object-relational mapper loads on its own, from then until it is there; no span. Only the
 * mapper's object is kept: what it is called is read when a stack is walked.
 */
final class Loading extends Call {
  private static final Getter ROLE = new Getter("getRole");
  private static final Getter ENTITY = new Getter("getEntityName");
  private static final Getter PART = new Getter("getInitializedPart");
  private static final Getter NAVIGABLE_ROLE = new Getter("getNavigableRole");
  private static final Getter FULL_PATH = new Getter("getFullPath");
  private static final Getter NAVIGABLE_PATH = new Getter("getNavigablePath");
  private static final Getter PROPERTY = new Getter("getPropertyName");

  private final Open open;
  private final Object source;
  private final @Nullable Object outer;

  Loading(Open open, Object source) {
    this.open = open;
    this.source = source;
    outer = open.loading;
    open.loading = source;
  }

  @Override
  public void end(@Nullable Throwable error) {
    // Not where it has ended before, or was forgotten.
    if (open.loading == source) open.loading = outer;
  }

  /**
   * {@code shop.Order.lines} of a collection, {@code shop.Customer} of a proxy, {@code
   * shop.Order.customer} of what a select of its own fetches; null where nothing tells.
   *
   * @param source Hibernate's PersistentCollection, LazyInitializer or fetching Initializer; of 5.x
   *     the association's type, the entity that holds it and the session, as an array
   */
  static @Nullable String text(@Nullable Object source) {
    if (source == null) return null;
    if (source instanceof Object[]) return ofType((Object[]) source);
    String text = ROLE.text(source);
    if (text.isEmpty()) text = ENTITY.text(source);
    // The attribute's own class, where the path begins at the query's.
    if (text.isEmpty()) text = FULL_PATH.text(NAVIGABLE_ROLE.of(PART.of(source)));
    if (text.isEmpty()) text = withoutAliases(FULL_PATH.text(NAVIGABLE_PATH.of(source)));
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String ofType(Object[] typeAndOwner) {
    Object owner = typeAndOwner[1];
    String property = PROPERTY.text(typeAndOwner[0]);
    return owner == null || property.isEmpty() ? null : owner.getClass().getName() + "." + property;
  }

  /** {@code shop.Order(o).customer}: aliases are the query's affair. */
  private static String withoutAliases(String path) {
    StringBuilder text = new StringBuilder(path.length());
    int depth = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '(') depth++;
      else if (c == ')') depth--;
      else if (depth == 0) text.append(c);
    }
    return text.toString();
  }

  @Override
  public void status(int code) {}

  @Override
  public void error(@Nullable String type, @Nullable String message) {}

  @Override
  public void attribute(String key, @Nullable Object value) {}

  @Override
  public void detach() {}
}
