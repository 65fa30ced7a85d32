package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Statements;
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
    Statements statements = recorder.statements();
    hooks.put(
        "connect",
        (driver, connection, url, properties) -> {
          if (driver != null) statements.connected(driver, connection, (String) url, properties);
          return null;
        });
    hooks.put(
        "autoCommit",
        (on, none, nothing, no) -> {
          statements.autoCommit(Boolean.TRUE.equals(on));
          return null;
        });
    hooks.put(
        "transaction",
        (connection, operation, none, nothing) ->
            connection == null || operation == null
                ? null
                : statements.transaction(connection, (String) operation));
    hooks.put(
        "executeBatch",
        (statement, none, nothing, no) ->
            statement == null ? null : statements.beginBatch(statement));
    hooks.put(
        "addBatch",
        (statement, sql, none, nothing) ->
            statement == null ? null : statements.batched(statement, (String) sql));
    hooks.put(
        "clearBatch",
        (statement, none, nothing, no) -> {
          if (statement != null) statements.batchCleared(statement);
          return null;
        });
    hooks.put(
        "clearParameters",
        (statement, none, nothing, no) -> {
          if (statement != null) statements.bindsCleared(statement);
          return null;
        });
    hooks.put(
        "registerOut",
        (statement, parameter, none, nothing) -> {
          if (statement == null) return null;
          if (parameter instanceof Integer) statements.bindOut(statement, (Integer) parameter);
          else if (parameter != null) statements.bindOut(statement, (String) parameter);
          return null;
        });
    hooks.put(
        "getResultSet",
        (statement, resultSet, none, nothing) -> {
          if (statement != null) statements.moreRows(statement, resultSet);
          return null;
        });
  }
}
