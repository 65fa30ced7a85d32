package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * What JDBC tells where a few nanoseconds more are not felt. Setters, rows and executions have
 * methods of the bridge's own.
 */
@NullMarked
public final class JdbcHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "connect",
        (driver, connection, url, properties) -> {
          if (driver != null) recorder.connected(driver, connection, (String) url, properties);
          return null;
        });
    hooks.put(
        "autoCommit",
        (on, none, nothing, no) -> {
          recorder.autoCommit(Boolean.TRUE.equals(on));
          return null;
        });
    hooks.put(
        "transaction",
        (connection, operation, none, nothing) ->
            connection == null || operation == null
                ? null
                : recorder.transaction(connection, (String) operation));
    hooks.put(
        "executeBatch",
        (statement, none, nothing, no) -> statement == null ? null : recorder.sqlBatch(statement));
    hooks.put(
        "addBatch",
        (statement, sql, none, nothing) ->
            statement == null ? null : recorder.batched(statement, (String) sql));
    hooks.put(
        "clearBatch",
        (statement, none, nothing, no) -> {
          if (statement != null) recorder.batchCleared(statement);
          return null;
        });
    hooks.put(
        "clearParameters",
        (statement, none, nothing, no) -> {
          if (statement != null) recorder.bindsCleared(statement);
          return null;
        });
    hooks.put(
        "registerOut",
        (statement, parameter, none, nothing) -> {
          if (statement == null) return null;
          if (parameter instanceof Integer) recorder.bindOut(statement, (Integer) parameter);
          else if (parameter != null) recorder.bindOut(statement, (String) parameter);
          return null;
        });
    hooks.put(
        "getResultSet",
        (statement, resultSet, none, nothing) -> {
          if (statement != null) recorder.moreRows(statement, resultSet);
          return null;
        });
  }
}
