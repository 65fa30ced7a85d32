package dev.atalaya.agent.library.spymemcached;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Purpose;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command on its way, and what has come back so far. */
final class Sent {
  private static final String SYSTEM = "memcached";
  private static final int PORT = 11211;

  private static final Getter CODE = new Getter("getStatusCode");
  private static final Getter MESSAGE = new Getter("getMessage");

  /** The statuses of commands that have not failed. */
  private static final Set<String> ANSWERS =
      new HashSet<>(Arrays.asList("SUCCESS", "ERR_NOT_FOUND", "ERR_EXISTS", "ERR_NOT_STORED"));

  private final ClientCalls calls;
  private final Command command;
  private final Span span;

  /** Operations that have not ended. */
  private int parts;

  private int found;
  private @Nullable Failure failure;

  Sent(ClientCalls calls, Command command, Span span, int parts) {
    this.calls = calls;
    this.command = command;
    this.span = span;
    this.parts = parts;
  }

  /**
   * It goes to that server. A get of many keys may go to several: its span has the address of the
   * first.
   */
  void located(@Nullable Object address) {
    if (!command.readsMany() || span.template() == null) describe(address);
  }

  private void describe(@Nullable Object address) {
    InetSocketAddress known =
        address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
    String host = known == null ? null : known.getHostString();
    int port = known == null ? PORT : known.getPort();
    Datasource server =
        calls.templates().datasource(OperationFamily.KEY_VALUE, SYSTEM, host, port, null);
    span.describe(
        calls
            .templates()
            .command(server, command.name, command.text, command.effect, Purpose.WORK, false));
    calls.described(span);
  }

  /** A value came. */
  void found() {
    found++;
  }

  void answered(@Nullable Object status) {
    String code = CODE.text(status);
    if (code.isEmpty() || ANSWERS.contains(code)) return;
    failure = Failure.answered(code, MESSAGE.text(status), code);
  }

  /** One of its operations has ended. False while others have not. */
  boolean completed() {
    return --parts <= 0;
  }

  /** {@code refused} is why it could not be queued. */
  void end(@Nullable Throwable refused) {
    if (span.template() == null) describe(null);
    Template template = span.template();
    Failure why = refused == null ? failure : Failure.of(refused);
    if (why != null) {
      span.failed(why);
    } else if (template != null && command.isLookup()) {
      int there = Math.min(found, command.asked);
      calls.cacheRead(template.datasource, there, command.asked);
      span.rows(there);
    }
    span.end(null);
  }
}
