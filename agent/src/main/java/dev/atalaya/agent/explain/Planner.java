package dev.atalaya.agent.explain;

import dev.atalaya.agent.trace.Access;
import dev.atalaya.agent.trace.Datasource;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** How one kind of database is asked for a plan. */
abstract class Planner {
  /** A table with fewer rows is as well scanned. */
  static final long LARGE = 1_000;

  /** Null where that database is not asked. */
  static @Nullable Planner of(Datasource datasource) {
    switch (datasource.dialect) {
      case POSTGRESQL:
        return new PostgreSql();
      case MYSQL:
      case MARIADB:
        return new MySql();
      case H2:
        return new H2();
      default:
        return null;
    }
  }

  /** What a connection is opened with besides what the application gives; null to open none. */
  abstract @Nullable Properties properties(Access access);

  /** Null where there is no plan that says anything. */
  abstract @Nullable Plan plan(Session session, Select select) throws SQLException;
}
