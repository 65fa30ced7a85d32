package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import java.sql.Connection;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * SQL: which template a statement object stands for, and the span of each execution.
 *
 * <p>A statement passes through several objects, the pool's and the driver's, all woven. The
 * innermost prepare knows the driver's connection and so the datasource; the outer ones take over
 * what it found. Of nested executions the outermost is the span.
 */
final class Statements {
  private final Recorder recorder;
  private final Templates templates;

  Statements(Recorder recorder, Templates templates) {
    this.recorder = recorder;
    this.templates = templates;
  }

  void connected(@Nullable Object connection, @Nullable String url, @Nullable Object properties) {
    if (connection == null || url == null || States.get(connection) != null) return;
    Properties info = properties instanceof Properties ? (Properties) properties : null;
    States.put(connection, templates.datasource(url, info));
  }

  void preparing() {
    Open.get().made = null;
  }

  void prepared(@Nullable Object connection, @Nullable Object statement, @Nullable String sql) {
    if (statement == null) return;
    Open open = Open.get();
    StatementState made = open.made;
    if (made == null || !same(made.sql, sql)) {
      Datasource datasource =
          made != null ? made.template.datasource : datasource(connection, open);
      Template template =
          sql == null ? templates.plain(datasource) : templates.sql(datasource, sql);
      open.made = made = new StatementState(template, sql);
    }
    States.put(statement, made);
  }

  @Nullable Span begin(Object statement, @Nullable String sql) {
    Open open = Open.get();
    if (open.call != null || open.quiet > 0) {
      if (open.call != null) complete(open.call, statement, sql);
      return null;
    }
    StatementState state = state(statement);
    Span span = recorder.begin(open, template(state, sql));
    if (span != null && state != null) state.last = span;
    return span;
  }

  @Nullable Span beginBatch(Object statement) {
    Open open = Open.get();
    if (open.call != null || open.quiet > 0) return null;
    StatementState state = state(statement);
    int size = state == null ? 0 : state.batchSize;
    Template one = template(state, state == null || state.prepared() ? null : state.sql);
    Span span = recorder.begin(open, size > 1 ? one.batch(templates.meters()) : one);
    if (span != null && size > 1) span.batchSize = size;
    batchCleared(statement);
    return span;
  }

  @Nullable Call batched(Object statement, @Nullable String sql) {
    Open open = Open.get();
    StatementState state = state(statement);
    if (state == null || open.quiet > 0) return null;
    if (state.batchSize++ == 0 && !state.prepared()) state.sql = sql;
    return open.quieten();
  }

  void batchCleared(Object statement) {
    StatementState state = state(statement);
    if (state == null) return;
    state.batchSize = 0;
    if (!state.prepared()) state.sql = null;
  }

  @Nullable Span transaction(Object connection, String operation) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    Object known = States.get(connection);
    Datasource datasource = known instanceof Datasource ? (Datasource) known : Datasource.UNKNOWN;
    if (open.call != null) {
      if (datasource != Datasource.UNKNOWN) {
        complete(open.call, templates.sql(datasource, operation));
      }
      return null;
    }
    return recorder.begin(open, templates.sql(datasource, operation));
  }

  void bind(Object statement, int index, int hash) {
    StatementState state = state(statement);
    if (state != null) state.bind(index, hash);
  }

  void rows(Span span, @Nullable Object resultSet) {
    if (resultSet == null) return;
    span.rows = 0;
    States.put(resultSet, span);
  }

  void moreRows(Object statement, @Nullable Object resultSet) {
    StatementState state = state(statement);
    if (resultSet == null || state == null || state.last == null) return;
    Span span = state.last;
    if (span.rows < 0) span.rows = 0;
    if (States.get(resultSet) != span) States.put(resultSet, span);
  }

  void next(Object resultSet, boolean row) {
    Object span = States.get(resultSet);
    if (!(span instanceof Span)) return;
    if (row) ((Span) span).rows++;
    else ((Span) span).fetched();
  }

  /** An inner statement knows what the pool's did not, e.g. where the pool caches statements. */
  private void complete(Span outer, Object statement, @Nullable String sql) {
    if (!(outer.subject instanceof Template)) return;
    if (((Template) outer.subject).datasource != Datasource.UNKNOWN) return;
    StatementState state = state(statement);
    if (state != null) complete(outer, template(state, sql));
  }

  private static void complete(Span outer, Template better) {
    Object subject = outer.subject;
    if (subject instanceof Template && ((Template) subject).datasource == Datasource.UNKNOWN) {
      outer.subject = better;
    }
  }

  private Template template(@Nullable StatementState state, @Nullable String sql) {
    if (state == null) {
      return sql == null
          ? templates.plain(Datasource.UNKNOWN)
          : templates.sql(Datasource.UNKNOWN, sql);
    }
    return sql == null ? state.template : templates.sql(state.template.datasource, sql);
  }

  private static @Nullable StatementState state(Object statement) {
    Object state = States.get(statement);
    return state instanceof StatementState ? (StatementState) state : null;
  }

  /**
   * What {@code Driver.connect} was given; else, for a connection made before the agent came or
   * past the driver, what the connection says of itself: all known drivers answer that locally.
   */
  private Datasource datasource(@Nullable Object connection, Open open) {
    Object known = States.get(connection);
    if (known instanceof Datasource) return (Datasource) known;
    if (!(connection instanceof Connection)) return Datasource.UNKNOWN;
    Datasource found = Datasource.UNKNOWN;
    open.quiet++;
    try {
      String url = ((Connection) connection).getMetaData().getURL();
      if (url != null) found = templates.datasource(url, null);
    } catch (Exception | LinkageError silent) {
      // Unknown it stays: asking again on every statement would cost the application.
    } finally {
      open.quiet--;
    }
    States.put(connection, found);
    return found;
  }

  private static boolean same(@Nullable String a, @Nullable String b) {
    return a == null ? b == null : a.equals(b);
  }
}
