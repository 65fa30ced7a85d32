package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.DatasourceUrl;
import dev.atalaya.bridge.Call;
import java.lang.ref.WeakReference;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.Driver;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * SQL: which template a statement object stands for, and the span of each execution.
 *
 * <p>A statement passes through several objects, the pool's and the driver's, all woven. The
 * innermost prepare knows the driver's connection and so the datasource; the outer ones take over
 * what it found. Of nested executions the outermost is the span.
 */
public final class Statements {
  private final Spans spans;
  private final EndedSpans ended;
  private final Templates templates;
  private final TraceSettings settings;
  private final OperationCounter counter;

  Statements(
      Spans spans,
      EndedSpans ended,
      Templates templates,
      TraceSettings settings,
      OperationCounter counter) {
    this.spans = spans;
    this.ended = ended;
    this.templates = templates;
    this.settings = settings;
    this.counter = counter;
  }

  /** {@code driver} opened {@code connection} to {@code url}. */
  public void connected(
      @Nullable Object driver,
      @Nullable Object connection,
      @Nullable String url,
      @Nullable Object properties) {
    if (connection == null || url == null || States.get(connection) != null) return;
    Properties info = properties instanceof Properties ? (Properties) properties : null;
    Datasource datasource = templates.datasource(url, info);
    States.put(connection, datasource);
    // A wrapper's driver has made another one connect, which comes here by itself.
    if (driver instanceof Driver
        && settings.explains()
        && !Open.get().muted()
        && !DatasourceUrl.wraps(url)) {
      datasource.access(new Access((Driver) driver, url, info));
    }
  }

  void preparing() {
    Open.get().made = null;
  }

  void prepared(@Nullable Object connection, @Nullable Object statement, @Nullable String sql) {
    if (statement == null) return;
    Open open = Open.get();
    StatementState made = open.made;
    if (made == null || !same(made.wording.sql, sql)) {
      Datasource datasource =
          made != null ? made.wording.template.datasource : datasource(connection, open);
      Wording wording = sql == null ? templates.plain(datasource) : templates.sql(datasource, sql);
      open.made =
          made =
              statement instanceof CallableStatement
                  ? new CallState(wording)
                  : new StatementState(wording);
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
    Wording wording = wording(state, sql);
    Span span = spans.begin(open, wording.template);
    if (span == null) return null;
    counter.sql(open, span, wording, sql == null ? state : null);
    if (state != null) state.last = span;
    return span;
  }

  /** Begins the execution of what was added to the statement's batch. */
  public @Nullable Span beginBatch(Object statement) {
    Open open = Open.get();
    if (open.call != null || open.quiet > 0) return null;
    StatementState state = state(statement);
    int size = state == null ? 0 : state.batchSize();
    boolean prepared = state != null && state.prepared();
    Object first = state == null ? null : state.last;
    Wording one = wording(state, first instanceof String ? (String) first : null);
    if (size > 1) {
      Template all = one.template.batch(templates.meters());
      Span span = spans.begin(open, all);
      if (span != null) {
        span.batchSize(size);
        counter.batch(open, span, all, size);
      }
      batchCleared(statement);
      return span;
    }
    Span span = spans.begin(open, one.template);
    if (span != null) counter.sql(open, span, one, prepared ? state : null);
    batchCleared(statement);
    return span;
  }

  /**
   * One entry more in the statement's batch; {@code sql} is null for a prepared one. Until the
   * returned call ends, the driver's statement inside a pool's does not count it again.
   */
  public @Nullable Call batched(Object statement, @Nullable String sql) {
    Open open = Open.get();
    StatementState state = state(statement);
    if (state == null || open.quiet > 0) return null;
    int size = state.batchSize();
    state.batchSize(size + 1);
    if (size == 0 && !state.prepared()) state.last = sql;
    return open.quieten();
  }

  /** The statement's batch was emptied. */
  public void batchCleared(Object statement) {
    StatementState state = state(statement);
    if (state == null) return;
    state.batchSize(0);
    if (state.last instanceof String) state.last = null;
  }

  /** Begins COMMIT or ROLLBACK on a connection. */
  public @Nullable Span transaction(Object connection, String operation) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    UnitOfWork window = open.window;
    if (window != null) window.held = false;
    Object known = States.get(connection);
    Datasource datasource = known instanceof Datasource ? (Datasource) known : Datasource.UNKNOWN;
    if (open.call != null) {
      if (datasource != Datasource.UNKNOWN) {
        complete(open.call, templates.sql(datasource, operation).template);
      }
      return null;
    }
    return spans.begin(open, templates.sql(datasource, operation).template);
  }

  /** Statements that follow are a transaction, or are none any more. */
  public void autoCommit(boolean on) {
    Open open = Open.get();
    open.manualCommit = !on;
    UnitOfWork window = open.window;
    if (on && window != null) window.held = false;
  }

  void bind(Object statement, int index, int hash) {
    StatementState state = state(statement);
    if (state != null) state.bind(index, hash);
  }

  void bind(Object statement, String name, int hash) {
    StatementState state = state(statement);
    if (state == null) return;
    int index = state.index(name);
    if (index > 0) state.bind(index, hash);
    else state.forget(); // any of them may be meant
  }

  /** A parameter gets its value from the database, unless it has one already. */
  public void bindOut(Object statement, int index) {
    StatementState state = state(statement);
    if (state != null && state.value(index) == Hash.UNKNOWN) state.bind(index, Hash.OUT);
  }

  public void bindOut(Object statement, String name) {
    StatementState state = state(statement);
    if (state != null) bindOut(statement, state.index(name));
  }

  /** No parameter has a value any more. */
  public void bindsCleared(Object statement) {
    StatementState state = state(statement);
    if (state != null) state.forget();
  }

  void rows(Span span, @Nullable Object resultSet) {
    if (resultSet == null) return;
    span.rows = 0;
    States.put(resultSet, span);
  }

  /** {@code Statement.getResultSet} returned {@code resultSet}, of the last execution. */
  public void moreRows(Object statement, @Nullable Object resultSet) {
    StatementState state = state(statement);
    if (resultSet == null || state == null || !(state.last instanceof Span)) return;
    Span span = (Span) state.last;
    if (span.rows < 0) span.rows = 0;
    // A wrapper's comes after the driver's within it, and shows the same rows.
    Open open = Open.get();
    Object inner = open.counting == null ? null : open.counting.get();
    if (inner != null
        && inner != resultSet
        && States.inField(resultSet)
        && States.get(inner) == span) {
      States.remove(inner);
    }
    open.counting = new WeakReference<>(resultSet);
    if (States.get(resultSet) != span) States.put(resultSet, span);
  }

  void next(Object resultSet, boolean row) {
    Object span = States.get(resultSet);
    if (!(span instanceof Span)) return;
    if (row) {
      ((Span) span).rows++;
    } else if (((Span) span).fetched()) {
      ended.fetched((Span) span);
    }
  }

  /** An inner statement knows what the pool's did not, e.g. where the pool caches statements. */
  private void complete(Span outer, Object statement, @Nullable String sql) {
    if (!(outer.subject instanceof Template)) return;
    if (((Template) outer.subject).datasource != Datasource.UNKNOWN) return;
    StatementState state = state(statement);
    if (state != null) complete(outer, wording(state, sql).template);
  }

  private static void complete(Span outer, Template better) {
    Object subject = outer.subject;
    if (subject instanceof Template && ((Template) subject).datasource == Datasource.UNKNOWN) {
      outer.subject = better;
    }
  }

  private Wording wording(@Nullable StatementState state, @Nullable String sql) {
    if (state == null) {
      return sql == null
          ? templates.plain(Datasource.UNKNOWN)
          : templates.sql(Datasource.UNKNOWN, sql);
    }
    Wording prepared = state.wording;
    return sql == null ? prepared : templates.sql(prepared.template.datasource, sql);
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
      // It stays unknown: asking again on every statement would cost the application.
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
