package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Templates;
import org.jspecify.annotations.Nullable;

/** What commands and their servers are called in spans and metrics. */
public final class RedisTemplates {
  private static final String SYSTEM = "redis";
  private static final int PORT = 6379;

  private final Templates templates;

  public RedisTemplates(Templates templates) {
    this.templates = templates;
  }

  /** {@code address} is {@code host:port}, null where unknown; {@code database} below 0 as well. */
  public Datasource server(@Nullable String address, int database) {
    int colon = address == null ? -1 : address.lastIndexOf(':');
    String host = address == null || colon < 0 ? address : address.substring(0, colon);
    int port = address == null || colon < 0 ? PORT : number(address.substring(colon + 1));
    String namespace = database < 0 ? null : String.valueOf(database);
    return templates.datasource(OperationFamily.KEY_VALUE, SYSTEM, host, port, namespace);
  }

  /** {@code pattern} is that of its key; null where it shows none. */
  public Template of(Datasource datasource, RedisCommand command, @Nullable String pattern) {
    return templates.command(
        datasource,
        command.name,
        command.text(pattern),
        command.effect,
        command.purpose,
        command.batch);
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException none) {
      return 0;
    }
  }
}
