package dev.atalaya.agent.trace;

import dev.atalaya.agent.sql.SqlDialect;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where statements go: the same for every connection made with one URL. */
public final class Datasource {
  static final Datasource UNKNOWN =
      new Datasource(OperationFamily.SQL, "other_sql", SqlDialect.OTHER, null, 0, null);

  public final OperationFamily family;

  /** Semantic conventions' {@code db.system.name}. */
  public final String system;

  public final SqlDialect dialect;
  public final @Nullable String host;

  /** 0 where there is none. */
  public final int port;

  public final @Nullable String namespace;

  private final int hash;

  private volatile @Nullable Access access;

  public Datasource(
      OperationFamily family,
      String system,
      SqlDialect dialect,
      @Nullable String host,
      int port,
      @Nullable String namespace) {
    this.family = family;
    this.system = system;
    this.dialect = dialect;
    this.host = host;
    this.port = port;
    this.namespace = namespace;
    this.hash = Objects.hash(system, dialect, host, port, namespace);
  }

  /** How the application connected last; null where that was not recorded. */
  public @Nullable Access access() {
    return access;
  }

  void access(Access latest) {
    access = latest;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) return true;
    if (!(other instanceof Datasource)) return false;
    Datasource that = (Datasource) other;
    return port == that.port
        && dialect == that.dialect
        && system.equals(that.system)
        && Objects.equals(host, that.host)
        && Objects.equals(namespace, that.namespace);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
