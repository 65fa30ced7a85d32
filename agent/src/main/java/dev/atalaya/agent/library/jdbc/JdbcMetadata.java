package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.weave.Weaver;

/** What drivers ask their servers for the metadata: their own affair, whoever wants to know. */
final class JdbcMetadata {
  private static final String SQL = "Ljava/lang/String;";
  private static final String RESULT = "Ljava/sql/ResultSet;";

  /** Of SQLite's and of PostgreSQL's old drivers: above the classes that are java.sql's. */
  private static final String[] METADATA_ABOVE = {
    "org.sqlite.jdbc3.JDBC3DatabaseMetaData",
    "org.postgresql.jdbc2.AbstractJdbc2DatabaseMetaData",
    "org.postgresql.jdbc3.AbstractJdbc3DatabaseMetaData",
    "org.postgresql.jdbc4.AbstractJdbc4DatabaseMetaData"
  };

  /** Methods about the catalog, with their parameters; S is a string. */
  private static final String[] CATALOGS = {
    "getAttributes SSSS",
    "getBestRowIdentifier SSSIZ",
    "getCatalogs ",
    "getClientInfoProperties ",
    "getColumnPrivileges SSSS",
    "getColumns SSSS",
    "getCrossReference SSSSSS",
    "getExportedKeys SSS",
    "getFunctionColumns SSSS",
    "getFunctions SSS",
    "getImportedKeys SSS",
    "getIndexInfo SSSZZ",
    "getPrimaryKeys SSS",
    "getProcedureColumns SSSS",
    "getProcedures SSS",
    "getPseudoColumns SSSS",
    "getSchemas ",
    "getSchemas SS",
    "getSuperTables SSS",
    "getSuperTypes SSS",
    "getTablePrivileges SSS",
    "getTableTypes ",
    "getTables SSS[S",
    "getTypeInfo ",
    "getUDTs SSS[I",
    "getVersionColumns SSS"
  };

  /** Numbers that some driver asks its server for: PostgreSQL's, SQL Server's, HSQLDB's. */
  private static final String[] NUMBERS = {
    "getDatabaseMajorVersion",
    "getDatabaseMinorVersion",
    "getDefaultTransactionIsolation",
    "getMaxCatalogNameLength",
    "getMaxColumnNameLength",
    "getMaxColumnsInIndex",
    "getMaxConnections",
    "getMaxCursorNameLength",
    "getMaxProcedureNameLength",
    "getMaxSchemaNameLength",
    "getMaxTableNameLength",
    "getMaxUserNameLength"
  };

  /** Flags that some driver asks its server for: HSQLDB's, jTDS. */
  private static final String[] FLAGS = {
    "isReadOnly",
    "nullsAreSortedAtEnd",
    "nullsAreSortedAtStart",
    "nullsAreSortedHigh",
    "nullsAreSortedLow",
    "storesMixedCaseIdentifiers",
    "storesMixedCaseQuotedIdentifiers",
    "supportsMixedCaseIdentifiers",
    "supportsMixedCaseQuotedIdentifiers"
  };

  private JdbcMetadata() {}

  static void weave(Weaver weaver, String[] pools) {
    metadata(weaver.inSubtypesOf("java.sql.DatabaseMetaData").except(pools));
    for (String above : METADATA_ABOVE) metadata(weaver.in(above));
  }

  private static void metadata(Weaver.Target metadata) {
    for (String catalog : CATALOGS) {
      String[] method = catalog.split(" ", 2);
      metadata.around(
          method[0],
          "(" + method[1].replace("S", SQL) + ")" + RESULT,
          JdbcInstrumentation.Quiet.class);
    }
    for (String name : NUMBERS) metadata.around(name, "()I", JdbcInstrumentation.Quiet.class);
    for (String name : FLAGS) metadata.around(name, "()Z", JdbcInstrumentation.Quiet.class);
    metadata
        .around("getUserName", "()" + SQL, JdbcInstrumentation.Quiet.class)
        .around("getDatabaseProductVersion", "()" + SQL, JdbcInstrumentation.Quiet.class)
        .around("getSQLKeywords", "()" + SQL, JdbcInstrumentation.Quiet.class)
        .around("getMaxLogicalLobSize", "()J", JdbcInstrumentation.Quiet.class);
  }
}
