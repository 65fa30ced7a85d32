package dev.atalaya.agent.library.spymemcached;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what Spymemcached sends and what comes back. */
public final class SpymemcachedHooks implements LibraryHooks {
  private static final Getter CALLBACK = new Getter("getCallback");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    Commands commands = new Commands(recorder.clientCalls());
    hooks.put(
        "send",
        (callback, operation, none, no) -> {
          commands.send(callback, operation);
          return null;
        });
    hooks.put(
        "sendAll",
        (operations, none, nothing, no) -> {
          Collection<?> all = values(operations);
          commands.sendAll(callback(all), all);
          return null;
        });
    hooks.put(
        "located",
        (callback, address, none, no) -> {
          Commands.located(callback, address);
          return null;
        });
    offerAnswers(hooks);
  }

  private static void offerAnswers(Map<String, Hook> hooks) {
    hooks.put(
        "answered",
        (callback, status, none, no) -> {
          Commands.answered(callback, status);
          return null;
        });
    hooks.put(
        "found",
        (callback, none, nothing, no) -> {
          Commands.found(callback);
          return null;
        });
    hooks.put(
        "completed",
        (callback, none, nothing, no) -> {
          Commands.completed(callback);
          return null;
        });
    hooks.put(
        "refused",
        (callback, error, none, no) -> {
          Commands.refused(callback, (Throwable) error);
          return null;
        });
    hooks.put(
        "refusedAll",
        (operations, error, none, no) -> {
          Commands.refused(callback(values(operations)), (Throwable) error);
          return null;
        });
  }

  private static Collection<?> values(@Nullable Object operations) {
    return operations instanceof Map ? ((Map<?, ?>) operations).values() : Collections.emptyList();
  }

  /** The callback that all operations share; null where there are none. */
  private static @Nullable Object callback(Collection<?> operations) {
    return operations.isEmpty() ? null : CALLBACK.of(operations.iterator().next());
  }
}
