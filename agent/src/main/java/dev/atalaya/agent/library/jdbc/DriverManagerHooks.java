package dev.atalaya.agent.library.jdbc;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedExceptionAction;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Has Java 8's DriverManager look for drivers when it is first asked for one, as from Java 9 on,
 * and not while its class is initialised.
 *
 * <p>There it waits for each driver's class to be initialised, and those wait for DriverManager's
 * in order to register. Two threads that begin at the two ends wait for ever. It happens without
 * the agent, but seldom: weaving the drivers makes the time longer in which it can.
 */
@NullMarked
public final class DriverManagerHooks implements LibraryHooks {
  private static final int NOT_ASKED = 0;
  private static final int POSTPONED = 1;
  private static final int LOADING = 2;
  private static final int LOADED = 3;

  private static final Object LOCK = new Object();
  private static volatile int state = NOT_ASKED;
  private static @Nullable Method load;
  private static @Nullable Field registered;

  /** There is one DriverManager, whatever recorder asks. */
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("loadInitialDrivers", (a, b, c, d) -> postpone());
    hooks.put(
        "ask",
        (a, b, c, d) -> {
          load();
          return null;
        });
  }

  /** Whether DriverManager shall not load them now. */
  private static boolean postpone() {
    if (state != NOT_ASKED) return false;
    try {
      AccessController.doPrivileged((PrivilegedExceptionAction<Void>) DriverManagerHooks::open);
      state = POSTPONED;
      return true;
    } catch (Exception | LinkageError closed) {
      state = LOADED;
      return false;
    }
  }

  /** Before DriverManager is asked for a driver. */
  private static void load() {
    if (state != POSTPONED && state != LOADING) return;
    synchronized (LOCK) { // held while they load: who asks meanwhile waits for all of them
      Method body = load;
      Field field = registered;
      if (state != POSTPONED || body == null || field == null) return;
      state = LOADING;
      try {
        List<?> all = (List<?>) field.get(null);
        List<?> earlier = new ArrayList<>(all);
        body.invoke(null);
        moveToEnd(all, earlier);
      } catch (ReflectiveOperationException | RuntimeException failed) {
        // As where it is not postponed: those found until then are there.
      } finally {
        state = LOADED;
      }
    }
  }

  /**
   * Of two drivers for one URL the first is taken: those registered meanwhile come last, as without
   * the agent.
   */
  @SuppressWarnings("unchecked")
  private static void moveToEnd(List<?> all, List<?> earlier) {
    synchronized (DriverManager.class) { // as its own changes of the list
      for (Object driver : earlier) if (all.remove(driver)) ((List<Object>) all).add(driver);
    }
  }

  private static @Nullable Void open() throws ReflectiveOperationException {
    Method body = DriverManager.class.getDeclaredMethod("loadInitialDrivers");
    body.setAccessible(true);
    Field field = DriverManager.class.getDeclaredField("registeredDrivers");
    field.setAccessible(true);
    load = body;
    registered = field;
    return null;
  }
}
