package dev.atalaya.agent.library.jdbc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Trait;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.sql.ResultSet;
import net.bytebuddy.asm.Advice;

/** SQL sent through java.sql's Statement and PreparedStatement, of any driver and any pool. */
@AutoService(LibraryInstrumentation.class)
public final class JdbcInstrumentation extends LibraryInstrumentation {
  private static final String SQL = "Ljava/lang/String;";
  private static final String RESULT = "Ljava/sql/ResultSet;";

  /** Pools whose objects do nothing but pass on to the driver's; less to weave, less to run. */
  private static final String[] POOLS = Catalogue.beginnings(Trait.PASSES_ON);

  private static final String[] PREPARE_OPTIONS = {
    "", "I", "II", "III", "[I", "[Ljava/lang/String;"
  };
  private static final String[] CREATE_OPTIONS = {"", "II", "III"};
  private static final String[] KEY_OPTIONS = {"", "I", "[I", "[Ljava/lang/String;"};

  /**
   * Setters whose values can be told, by what follows the parameter's number or name. Of all others
   * the value is unseen: streams and large objects, and what only one driver has.
   */
  private static final String[][] SETTERS = {
    {"setBoolean", "Z"},
    {"setByte", "B"},
    {"setShort", "S"},
    {"setInt", "I"},
    {"setLong", "J"},
    {"setFloat", "F"},
    {"setDouble", "D"},
    {"setBigDecimal", "Ljava/math/BigDecimal;"},
    {"setString", SQL},
    {"setNString", SQL},
    {"setBytes", "[B"},
    {"setURL", "Ljava/net/URL;"},
    {"setDate", "Ljava/sql/Date;", "Ljava/sql/Date;Ljava/util/Calendar;"},
    {"setTime", "Ljava/sql/Time;", "Ljava/sql/Time;Ljava/util/Calendar;"},
    {"setTimestamp", "Ljava/sql/Timestamp;", "Ljava/sql/Timestamp;Ljava/util/Calendar;"},
    {
      "setObject",
      "Ljava/lang/Object;",
      "Ljava/lang/Object;I",
      "Ljava/lang/Object;II",
      "Ljava/lang/Object;Ljava/sql/SQLType;",
      "Ljava/lang/Object;Ljava/sql/SQLType;I"
    }
  };

  public JdbcInstrumentation() {
    super("jdbc");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(
            Captured.SPANS, Captured.ERRORS, Captured.ROWS, Captured.VALUES, Captured.SILENCE)
        .library("H2", "com.h2database:h2:1.4.200", "com.h2database:h2:2.5.252")
        .library("HSQLDB", "org.hsqldb:hsqldb:2.3.4", "org.hsqldb:hsqldb:2.7.4")
        .library("Derby", "org.apache.derby:derby:10.14.2.0", "org.apache.derby:derby:10.16.1.1")
        .library("SQLite", "org.xerial:sqlite-jdbc:3.16.1", "org.xerial:sqlite-jdbc:3.54.1.0")
        .library(
            "PostgreSQL",
            "postgresql:postgresql:9.1-901-1.jdbc4",
            "org.postgresql:postgresql:9.3-1104-jdbc41",
            "org.postgresql:postgresql:9.4-1206-jdbc42",
            "org.postgresql:postgresql:9.4.1212",
            "org.postgresql:postgresql:42.7.14")
        .library(
            "MariaDB",
            "org.mariadb.jdbc:mariadb-java-client:1.5.9",
            "org.mariadb.jdbc:mariadb-java-client:3.5.10")
        .library("MySQL", "mysql:mysql-connector-java:5.1.49", "com.mysql:mysql-connector-j:9.7.0")
        .library("P6Spy", "p6spy:p6spy:3.0.0", "p6spy:p6spy:3.9.1")
        .library(
            "datasource-proxy",
            "net.ttddyy:datasource-proxy:1.4",
            "net.ttddyy:datasource-proxy:1.11.0")
        .limit(
            "A driver of old is seen if it has the methods of PreparedStatement in a class below"
                + " java.sql.Statement.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .inSubtypesOf("java.sql.Driver")
        .around(
            "connect", "(" + SQL + "Ljava/util/Properties;)Ljava/sql/Connection;", Connect.class);
    connections(weaver.inSubtypesOf("java.sql.Connection").except(POOLS));
    // Prepared statements are statements, too; of some classes of old drivers that is all to be
    // seen.
    Weaver.Target statement = weaver.inSubtypesOf("java.sql.Statement").except(POOLS);
    statements(statement);
    prepared(statement);
    // The methods of SQLite's driver are in classes above those that implement the interfaces.
    connections(weaver.in("org.sqlite.SQLiteConnection"));
    connections(weaver.in("org.sqlite.jdbc3.JDBC3Connection"));
    statements(weaver.in("org.sqlite.jdbc3.JDBC3Statement"));
    prepared(weaver.in("org.sqlite.jdbc3.JDBC3PreparedStatement"));
    results(weaver.in("org.sqlite.jdbc3.JDBC3ResultSet"));
    weaver
        .in("org.sqlite.core.CorePreparedStatement")
        .around("executeBatch", "()[I", ExecuteBatch.class)
        .around("executeLargeBatch", "()[J", ExecuteBatch.class)
        .weave("clearBatch", "()V", ClearBatch.class);
    // These of MariaDB's declare nothing by which the filter could tell them.
    prepared(weaver.in("org.mariadb.jdbc.MariaDbProcedureStatement"));
    results(weaver.in("org.mariadb.jdbc.client.result.CompleteResult"));
    results(weaver.in("org.mariadb.jdbc.client.result.StreamingResult"));
    results(
        weaver
            .inSubtypesOf("java.sql.ResultSet")
            .except(POOLS)
            .marked("()Ljava/sql/ResultSetMetaData;"));
    JdbcMetadata.weave(weaver, POOLS);
  }

  private static void results(Weaver.Target result) {
    result.stateHolder().leftToSuper().weave("next", "()Z", Next.class);
  }

  private static void connections(Weaver.Target connection) {
    connection.stateHolder();
    for (String options : PREPARE_OPTIONS) {
      connection.weave(
          "prepareStatement", "(" + SQL + options + ")Ljava/sql/PreparedStatement;", Prepare.class);
    }
    for (String options : CREATE_OPTIONS) {
      connection
          .weave("createStatement", "(" + options + ")Ljava/sql/Statement;", Create.class)
          .weave(
              "prepareCall", "(" + SQL + options + ")Ljava/sql/CallableStatement;", Prepare.class);
    }
    connection
        .around("commit", "()V", Commit.class)
        .around("rollback", "()V", Rollback.class)
        .around("isValid", "(I)Z", Quiet.class);
    // What a driver sends to change or to ask its session: PostgreSQL's setAutoCommit commits.
    connection
        .around("close", "()V", Quiet.class)
        .around("setAutoCommit", "(Z)V", AutoCommit.class)
        .around("setReadOnly", "(Z)V", Quiet.class)
        .around("isReadOnly", "()Z", Quiet.class)
        .around("setTransactionIsolation", "(I)V", Quiet.class)
        .around("getTransactionIsolation", "()I", Quiet.class)
        .around("setSchema", "(" + SQL + ")V", Quiet.class)
        .around("getSchema", "()" + SQL, Quiet.class)
        .around("setCatalog", "(" + SQL + ")V", Quiet.class)
        .around("getCatalog", "()" + SQL, Quiet.class);
  }

  private static void statements(Weaver.Target statement) {
    statement.stateHolder();
    statement.around("executeQuery", "(" + SQL + ")" + RESULT, QuerySql.class);
    for (String options : KEY_OPTIONS) {
      statement
          .around("execute", "(" + SQL + options + ")Z", ExecuteSql.class)
          .around("executeUpdate", "(" + SQL + options + ")I", ExecuteSql.class)
          .around("executeLargeUpdate", "(" + SQL + options + ")J", ExecuteSql.class);
    }
    statement
        .around("executeBatch", "()[I", ExecuteBatch.class)
        .around("executeLargeBatch", "()[J", ExecuteBatch.class)
        .around("addBatch", "(" + SQL + ")V", AddSql.class)
        .weave("clearBatch", "()V", ClearBatch.class)
        .around("getGeneratedKeys", "()" + RESULT, Quiet.class)
        .weave("getResultSet", "()" + RESULT, GetResultSet.class);
  }

  private static void prepared(Weaver.Target prepared) {
    prepared
        .stateHolder()
        .around("executeQuery", "()" + RESULT, Query.class)
        .around("execute", "()Z", Execute.class)
        .around("executeUpdate", "()I", Execute.class)
        .around("executeLargeUpdate", "()J", Execute.class)
        .around("addBatch", "()V", Add.class)
        .weave("clearParameters", "()V", ClearBinds.class);
    for (String[] setter : SETTERS) {
      for (int i = 1; i < setter.length; i++) {
        bind(prepared, setter[0], setter[i]);
        prepared.weave(setter[0], "(" + SQL + setter[i] + ")V", BindNamed.class);
      }
    }
    for (String type : new String[] {"I", "I" + SQL}) {
      prepared.weave("setNull", "(I" + type + ")V", BindNull.class);
      prepared.weave("setNull", "(" + SQL + type + ")V", BindNamedNull.class);
    }
    prepared
        .weaveOthers("set", "(I", BindUnseen.class)
        .weaveOthers("set", "(" + SQL, BindNamedUnseen.class)
        .weaveOthers("registerOutParameter", "(I", BindOut.class)
        .weaveOthers("registerOutParameter", "(" + SQL, BindNamedOut.class);
  }

  private static void bind(Weaver.Target prepared, String setter, String type) {
    String descriptor = "(I" + type + ")V";
    boolean primitive = type.length() == 1;
    if (!primitive) prepared.weave(setter, descriptor, Bind.class);
    else if (type.equals("Z")) prepared.weave(setter, descriptor, BindBoolean.class);
    else if ("FD".contains(type)) prepared.weave(setter, descriptor, BindDouble.class);
    else prepared.weave(setter, descriptor, BindLong.class);
  }

  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdbcHooks.class, event = "connect") int connect,
        @Advice.This Object driver,
        @Advice.Enter Call call,
        @Advice.Thrown Throwable error,
        @Advice.Return Object connection,
        @Advice.Argument(0) String url,
        @Advice.Argument(1) Object properties) {
      Tracing.end(call, error);
      Tracing.hook(connect, driver, connection, url, properties);
    }
  }

  static final class Prepare {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Tracing.preparing();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object connection,
        @Advice.Return Object statement,
        @Advice.Argument(0) String sql) {
      Tracing.prepared(connection, statement, sql);
    }
  }

  static final class Create {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Tracing.preparing();
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object connection, @Advice.Return Object statement) {
      Tracing.prepared(connection, statement, null);
    }
  }

  static final class Commit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "transaction") int transaction,
        @Advice.This Object connection) {
      return (Call) Tracing.hook(transaction, connection, "COMMIT");
    }
  }

  static final class Rollback {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "transaction") int transaction,
        @Advice.This Object connection) {
      return (Call) Tracing.hook(transaction, connection, "ROLLBACK");
    }
  }

  static final class AutoCommit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "autoCommit") int autoCommit,
        @Advice.Argument(0) boolean on) {
      Tracing.hook(autoCommit, on);
      return Tracing.quiet();
    }
  }

  static final class Quiet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }
  }

  static final class QuerySql {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object statement, @Advice.Argument(0) String sql) {
      return Tracing.sql(statement, sql);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Call call,
        @Advice.Thrown Throwable error,
        @Advice.Return ResultSet resultSet) {
      Tracing.end(call, error);
      Tracing.rows(call, resultSet);
    }
  }

  static final class ExecuteSql {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object statement, @Advice.Argument(0) String sql) {
      return Tracing.sql(statement, sql);
    }
  }

  static final class Query {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object statement) {
      return Tracing.sql(statement, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Call call,
        @Advice.Thrown Throwable error,
        @Advice.Return ResultSet resultSet) {
      Tracing.end(call, error);
      Tracing.rows(call, resultSet);
    }
  }

  static final class Execute {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object statement) {
      return Tracing.sql(statement, null);
    }
  }

  static final class ExecuteBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "executeBatch") int executeBatch,
        @Advice.This Object statement) {
      return (Call) Tracing.hook(executeBatch, statement);
    }
  }

  static final class AddSql {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "addBatch") int addBatch,
        @Advice.This Object statement,
        @Advice.Argument(0) String sql) {
      return (Call) Tracing.hook(addBatch, statement, sql);
    }
  }

  static final class Add {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JdbcHooks.class, event = "addBatch") int addBatch,
        @Advice.This Object statement) {
      return (Call) Tracing.hook(addBatch, statement);
    }
  }

  static final class ClearBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JdbcHooks.class, event = "clearBatch") int clearBatch,
        @Advice.This Object statement) {
      Tracing.hook(clearBatch, statement);
    }
  }

  static final class GetResultSet {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JdbcHooks.class, event = "getResultSet") int getResultSet,
        @Advice.This Object statement,
        @Advice.Return ResultSet resultSet) {
      Tracing.hook(getResultSet, statement, resultSet);
    }
  }

  static final class Next {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object resultSet, @Advice.Return boolean row) {
      Tracing.next(resultSet, row);
    }
  }

  // A setter may do its work by another one, or by one of its driver's own: the outermost, which
  // is what the application called, is the last to tell.

  static final class Bind {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement,
        @Advice.Argument(0) int index,
        @Advice.Argument(1) Object value) {
      Tracing.bind(statement, index, value);
    }
  }

  /** Of whole numbers, narrower ones too. */
  static final class BindLong {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement,
        @Advice.Argument(0) int index,
        @Advice.Argument(1) long value) {
      Tracing.bind(statement, index, value);
    }
  }

  static final class BindBoolean {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement,
        @Advice.Argument(0) int index,
        @Advice.Argument(1) boolean value) {
      Tracing.bind(statement, index, value ? 1L : 0L);
    }
  }

  static final class BindDouble {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement,
        @Advice.Argument(0) int index,
        @Advice.Argument(1) double value) {
      Tracing.bind(statement, index, Double.doubleToLongBits(value));
    }
  }

  static final class BindNull {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object statement, @Advice.Argument(0) int index) {
      Tracing.bind(statement, index, null);
    }
  }

  static final class BindNamed {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object statement,
        @Advice.Argument(0) String name,
        @Advice.Argument(1) Object value) {
      Tracing.bind(statement, name, value);
    }
  }

  static final class BindNamedNull {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object statement, @Advice.Argument(0) String name) {
      Tracing.bind(statement, name, null);
    }
  }

  static final class BindUnseen {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object statement, @Advice.Argument(0) int index) {
      Tracing.bindUnseen(statement, index);
    }
  }

  static final class BindNamedUnseen {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object statement, @Advice.Argument(0) String name) {
      Tracing.bindUnseen(statement, name);
    }
  }

  static final class BindOut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JdbcHooks.class, event = "registerOut") int registerOut,
        @Advice.This Object statement,
        @Advice.Argument(0) int index) {
      Tracing.hook(registerOut, statement, index);
    }
  }

  static final class BindNamedOut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JdbcHooks.class, event = "registerOut") int registerOut,
        @Advice.This Object statement,
        @Advice.Argument(0) String name) {
      Tracing.hook(registerOut, statement, name);
    }
  }

  static final class ClearBinds {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JdbcHooks.class, event = "clearParameters") int clearParameters,
        @Advice.This Object statement) {
      Tracing.hook(clearParameters, statement);
    }
  }
}
