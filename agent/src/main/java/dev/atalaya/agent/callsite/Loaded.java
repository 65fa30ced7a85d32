package dev.atalaya.agent.callsite;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.state.BoundedCache;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/** An association that Hibernate loads on its own, as its mapping has it. */
public final class Loaded {
  private static final Getter SESSION = new Getter("getSession");
  private static final Getter CONTEXT = new Getter("getPersistenceContext");
  private static final Getter ENTRY = new Getter("getCollectionEntry", 1);
  private static final Getter PERSISTER = new Getter("getLoadedPersister");
  private static final Getter OWNER = new Getter("getOwnerEntityPersister");
  private static final Getter ELEMENT = new Getter("getElementPersister");
  private static final Getter LINKED = new Getter("isManyToMany");
  private static final Getter ENTITY = new Getter("getEntityName");
  private static final Getter TABLE = new Getter("getTableName");
  private static final Getter TARGET = new Getter("getEntityDescriptor");
  private static final Getter PART = new Getter("getInitializedPart");
  private static final Getter CONTAINING = new Getter("findContainingEntityMapping");
  private static final Getter ASSOCIATED = new Getter("getAssociatedEntityName");
  private static final Getter MAPPING = new Getter("getEntityPersister", 2);
  private static final Getter UNIQUE_KEY = new Getter("getRHSUniqueKeyPropertyName");
  private static final Getter ROLE = new Getter("getRole");
  private static final Getter NAVIGABLE_ROLE = new Getter("getNavigableRole");
  private static final Getter FULL_PATH = new Getter("getFullPath");
  private static final Getter NAVIGABLE_PATH = new Getter("getNavigablePath");
  private static final Getter PROPERTY = new Getter("getPropertyName");
  private static final BoundedCache<String, Loaded> KNOWN =
      new BoundedCache<>(1_024, Long.MAX_VALUE);

  /** {@code shop.Order.lines}; of a proxy its entity, {@code shop.Customer}. */
  public final String role;

  /** The entity that has it, and its table; empty where they are not known. */
  public final String owner;

  public final String ownerTable;

  /** The entity that it leads to; empty where it is not known, or none. */
  public final String target;

  public final boolean collection;

  /** A collection whose elements are linked by a table of its own. */
  public final boolean linked;

  /** A collection without an order of its own: a query can fetch only one of these. */
  public final boolean bag;

  /** Found by another column than its key, which no batch size helps. */
  public final boolean byUniqueKey;

  /** Of Hibernate 5, where a query returns an owner once for each row that is fetched with it. */
  public final boolean rowsRepeatOwners;

  public Loaded(
      String role,
      String owner,
      String ownerTable,
      String target,
      boolean collection,
      boolean linked,
      boolean bag,
      boolean byUniqueKey,
      boolean rowsRepeatOwners) {
    this.role = role;
    this.owner = owner;
    this.ownerTable = ownerTable;
    this.target = target;
    this.collection = collection;
    this.linked = linked;
    this.bag = bag;
    this.byUniqueKey = byUniqueKey;
    this.rowsRepeatOwners = rowsRepeatOwners;
  }

  /** Null where nothing tells; what is known of a role is asked for once. */
  public static @Nullable Loaded of(@Nullable Object source) {
    String role = role(source);
    if (role == null || source == null) return null;
    Loaded known = KNOWN.get(role, 1);
    return known != null ? known : KNOWN.put(role, read(source, role), 1);
  }

  /**
   * {@code shop.Order.lines} of a collection, {@code shop.Customer} of a proxy, {@code
   * shop.Order.customer} of what a select of its own fetches; null where nothing tells.
   *
   * @param source Hibernate's PersistentCollection, LazyInitializer or fetching Initializer; of 5.x
   *     the association's type, the entity that holds it and the session, as an array
   */
  private static @Nullable String role(@Nullable Object source) {
    if (source == null) return null;
    if (source instanceof Object[]) return roleOfType((Object[]) source);
    String text = ROLE.text(source);
    if (text.isEmpty()) text = ENTITY.text(source);
    // The attribute's own class, where the path begins at the query's.
    if (text.isEmpty()) text = FULL_PATH.text(NAVIGABLE_ROLE.of(PART.of(source)));
    if (text.isEmpty()) text = withoutAliases(FULL_PATH.text(NAVIGABLE_PATH.of(source)));
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String roleOfType(Object[] typeAndOwner) {
    Object owner = typeAndOwner[1];
    String property = PROPERTY.text(typeAndOwner[0]);
    return owner == null || property.isEmpty() ? null : owner.getClass().getName() + "." + property;
  }

  /** {@code shop.Order(o).customer}: without the query's aliases. */
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

  private static Loaded read(Object source, String role) {
    if (source instanceof Object[]) return ofType((Object[]) source, role);
    String type = source.getClass().getName();
    if (type.startsWith("org.hibernate.collection.")) return collection(source, type, role);
    if (!type.contains("EntitySelectFetch")) {
      return new Loaded(role, "", "", role, false, false, false, false, false);
    }
    Object owner = CONTAINING.of(PART.of(source));
    return new Loaded(
        role,
        ENTITY.text(owner),
        TABLE.text(owner),
        ENTITY.text(TARGET.of(source)),
        false,
        false,
        false,
        type.contains("ByUniqueKey"),
        false);
  }

  private static Loaded collection(Object source, String type, String role) {
    Object persister = PERSISTER.of(call(ENTRY, CONTEXT.of(SESSION.of(source)), source));
    Object owner = OWNER.of(persister);
    return new Loaded(
        role,
        ENTITY.text(owner),
        TABLE.text(owner),
        ENTITY.text(ELEMENT.of(persister)),
        true,
        Boolean.TRUE.equals(LINKED.of(persister)),
        type.endsWith("Bag"),
        false,
        type.startsWith("org.hibernate.collection.internal."));
  }

  /** Hibernate 5's type, owner and session: the session knows what the owner is. */
  private static Loaded ofType(Object[] source, String role) {
    Object type = source[0];
    Object owner = call(MAPPING, source[source.length - 1], null, source[1]);
    return new Loaded(
        role,
        ENTITY.text(owner),
        TABLE.text(owner),
        ASSOCIATED.text(type),
        false,
        false,
        false,
        !UNIQUE_KEY.text(type).isEmpty(),
        true);
  }

  private static @Nullable Object call(
      Getter getter, @Nullable Object target, @Nullable Object... arguments) {
    MethodHandle method = getter.in(target);
    if (method == null) return null;
    try {
      return method.bindTo(target).invokeWithArguments(arguments);
    } catch (Throwable unreadable) {
      return null;
    }
  }
}
