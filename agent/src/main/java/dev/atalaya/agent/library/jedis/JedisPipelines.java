package dev.atalaya.agent.library.jedis;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.library.redis.RedisTemplates;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Open;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One pipeline over the connections to many nodes, whose replies are read on whatever threads. */
final class JedisPipelines {
  private final ClientCalls calls;
  private final RedisTemplates templates;

  JedisPipelines(ClientCalls calls, RedisTemplates templates) {
    this.calls = calls;
    this.templates = templates;
  }

  /** {@code responses} are collections of those that are waited for; both maps are by node. */
  @Nullable Span begin(Map<?, ?> responses, Map<?, ?> connections) {
    int size = 0;
    for (Object of : responses.values()) size += ((Collection<?>) of).size();
    Open thread = Open.get();
    if (size < 2 || connections.isEmpty() || thread.call() != null || thread.isQuiet()) return null;
    JedisLink first = JedisLink.of(connections.values().iterator().next());
    if (first.nodes == null) return null;
    Template template =
        templates.of(first.datasource(templates, null), RedisCommand.PIPELINE, null);
    Span span = calls.begin(thread, template, System.nanoTime());
    if (span == null) return null;
    span.batchSize(size);
    calls.count(thread, span, first.key(template), Hash.UNKNOWN, Hash.of(span.id()), false);
    for (Object connection : connections.values()) JedisLink.of(connection).pipeline = span;
    return span;
  }

  void end(@Nullable Span call, Map<?, ?> connections, @Nullable Throwable error) {
    if (call == null) return;
    for (Object connection : connections.values()) JedisLink.of(connection).pipeline = null;
    call.end(error);
  }
}
