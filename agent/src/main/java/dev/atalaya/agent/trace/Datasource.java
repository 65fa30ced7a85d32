package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** Where statements go: the same for every connection made with one URL. */
public final class Datasource {
  static final Datasource UNKNOWN = new Datasource("other_sql", SqlDialect.OTHER, null, 0, null);

  /** Semantic conventions' {@code db.system.name}. */
  public final String system;

  public final SqlDialect dialect;
  public final @Nullable String host;

  /** 0 where there is none. */
  public final int port;

  public final @Nullable String namespace;

  public Datasource(
      String system,
      SqlDialect dialect,
      @Nullable String host,
      int port,
      @Nullable String namespace) {
    this.system = system;
    this.dialect = dialect;
    this.host = host;
    this.port = port;
    this.namespace = namespace;
  }
}
