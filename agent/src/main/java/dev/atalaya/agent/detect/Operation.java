package dev.atalaya.agent.detect;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/** What was sent, as it is shown: a statement, a command, a request or call to another service. */
public final class Operation {
  public final OperationFamily family;

  /** Semantic conventions' {@code db.system.name} or {@code rpc.system.name}, or {@code http}. */
  public final String system;

  /** The span's name: {@code SELECT order_items}, {@code GET}. */
  public final String summary;

  /** Without a literal: {@code GET user:{}:cart}, {@code GET http://host:80/stock/{}?size}. */
  public final String text;

  /** The verb, the command, HTTP's method, or that of a remote procedure call. */
  public final String verb;

  /** The table, where there is just one. */
  public final @Nullable String table;

  public final SqlText.Kind effect;

  /** Null for what goes to no database. */
  public final @Nullable Template template;

  Operation(
      OperationFamily family,
      String system,
      String summary,
      String text,
      String verb,
      @Nullable String table,
      SqlText.Kind effect,
      @Nullable Template template) {
    this.family = family;
    this.system = system;
    this.summary = summary;
    this.text = text;
    this.verb = verb;
    this.table = table;
    this.effect = effect;
    this.template = template;
  }

  static Operation of(HttpExchange http) {
    String text = http.operation();
    boolean reads = http.method.equals("GET") || http.method.equals("HEAD");
    SqlText.Kind effect = reads ? SqlText.Kind.READ : SqlText.Kind.WRITE;
    return new Operation(OperationFamily.HTTP, "http", text, text, http.method, null, effect, null);
  }

  /** Whether it reads or writes nobody can tell. */
  static Operation of(RpcCall call) {
    return new Operation(
        OperationFamily.RPC,
        call.system,
        call.asked,
        call.operation(),
        call.asked,
        null,
        SqlText.Kind.OTHER,
        null);
  }

  static Operation of(Template template) {
    return new Operation(
        template.datasource.family,
        template.datasource.system,
        template.summary,
        template.text == null ? template.summary : template.text,
        template.operation == null ? "" : template.operation,
        template.collection,
        template.kind == null ? SqlText.Kind.OTHER : template.kind,
        template);
  }

  public boolean isWrite() {
    return effect == SqlText.Kind.WRITE;
  }

  public boolean isSql() {
    return family == OperationFamily.SQL;
  }
}
