package dev.atalaya.agent.trace;

/** What operations are of one kind, whichever library sends them. */
public enum OperationFamily {
  /** Statements, whose text says what they do. */
  SQL(true, true),

  /** Commands that name a key. */
  KEY_VALUE(true, false),

  /** Requests to another service. */
  HTTP(false, false),

  /** Calls of another service's methods. */
  RPC(false, false);

  /** It goes to a database: {@code db.system.name} names that, and what is sent is a query. */
  public final boolean isDatabase;

  /** An execution reads any number of rows, which are counted. */
  public final boolean hasRows;

  OperationFamily(boolean isDatabase, boolean hasRows) {
    this.isDatabase = isDatabase;
    this.hasRows = hasRows;
  }
}
