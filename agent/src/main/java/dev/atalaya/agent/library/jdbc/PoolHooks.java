package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** What connection pools of any library tell: that there is one, and who uses its connections. */
@NullMarked
public final class PoolHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "open",
        (system, pool, none, nothing) -> {
          if (pool != null) recorder.meters().pool(String.valueOf(system), pool);
          return null;
        });
    hooks.put(
        "borrow",
        (pool, none, nothing, no) ->
            pool == null || recorder.isQuiet() ? null : new Borrow(recorder, pool));
    hooks.put(
        "borrowed",
        (call, connection, error, none) -> {
          if (call instanceof Borrow) ((Borrow) call).got(connection, (Throwable) error);
          return null;
        });
    hooks.put(
        "returned",
        (connection, none, nothing, no) -> {
          Object lease = States.get(connection);
          if (connection != null && lease instanceof Borrow) ((Borrow) lease).returned(connection);
          return null;
        });
  }
}
