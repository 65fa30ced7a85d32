package dev.atalaya.agent.sql;

/** A family of databases, as far as the spelling of literals, comments and names differs. */
public enum SqlDialect {
  POSTGRESQL("postgresql", "nested$"),
  MYSQL("mysql", "backslash\"#"),
  MARIADB("mariadb", "backslash\"#"),
  H2("h2database", "nested$//"),
  HSQLDB("hsqldb", "//"),
  DERBY("derby", "nested"),
  SQLITE("sqlite", "[?\""),
  ORACLE("oracle.db", "q'"),
  SQLSERVER("microsoft.sql_server", "nested[?\""),
  DB2("ibm.db2", "nested"),
  OTHER("other_sql", "$q'?\"");

  private final String systemName;

  /** Comments nest: the first end of a comment ends the innermost. */
  final boolean nestedComments;

  /** In a string a backslash takes the next character's meaning away. */
  final boolean backslashEscapes;

  /** Text in double quotes is a string, not a name. */
  final boolean doubleQuotedStrings;

  /** Text in double quotes is a name by default, but may be a string. */
  final boolean doubtfulDoubleQuotes;

  /** A number sign begins a comment, and two hyphens only do before white space. */
  final boolean hashComments;

  final boolean slashComments;
  final boolean dollarQuotes;
  final boolean oracleQuotes;
  final boolean bracketedNames;

  SqlDialect(String systemName, String spelling) {
    this.systemName = systemName;
    this.nestedComments = spelling.contains("nested");
    this.backslashEscapes = spelling.contains("backslash");
    this.doubleQuotedStrings = backslashEscapes;
    this.doubtfulDoubleQuotes = spelling.contains("?\"");
    this.hashComments = spelling.contains("#");
    this.slashComments = spelling.contains("//");
    this.dollarQuotes = spelling.contains("$");
    this.oracleQuotes = spelling.contains("q'");
    this.bracketedNames = spelling.contains("[");
  }

  /** Semantic conventions' {@code db.system.name}. */
  public String systemName() {
    return systemName;
  }
}
