package dev.atalaya.agent.library.graphql;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.Locale;
import java.util.Map;

/** Says on a request's span which operation it asked for: all come by one route. */
public final class GraphQlHooks implements LibraryHooks {
  private static final Getter DEFINITION = new Getter("getOperationDefinition");
  private static final Getter NAME = new Getter("getName");
  private static final Getter TYPE = new Getter("getOperation");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "execute",
        (context, none, nothing, no) -> {
          Request request = recorder.current();
          Span root = request == null ? null : request.root();
          if (root == null || root.kind() != Span.Kind.SERVER) return null;
          Object definition = DEFINITION.of(context);
          String name = NAME.text(definition);
          if (!name.isEmpty()) root.attribute("graphql.operation.name", name);
          String type = TYPE.text(definition).toLowerCase(Locale.ROOT);
          if (!type.isEmpty()) root.attribute("graphql.operation.type", type);
          return null;
        });
  }
}
