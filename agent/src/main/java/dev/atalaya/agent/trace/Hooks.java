package dev.atalaya.agent.trace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of libraries' halves behind the wall, by number.
 *
 * <p>Numbers are given when advice is woven, and hold for the JVM's life, since woven code does. A
 * library's half is loaded when one of its numbers is first called.
 */
public final class Hooks {
  /** What each number was given for, by that number; under its own lock. */
  private static final List<Asked> ASKED = new ArrayList<>();

  private final Recorder recorder;
  private final Map<String, Map<String, Hook>> offered = new HashMap<>();
  private volatile @Nullable Hook[] byNumber = {};

  Hooks(Recorder recorder) {
    this.recorder = recorder;
  }

  /**
   * The number of the hook {@code event} of the {@link LibraryHooks} class named {@code hooks};
   * always the same. Any thread may call.
   */
  public static int number(String hooks, String event) {
    synchronized (ASKED) {
      for (int i = 0; i < ASKED.size(); i++) {
        Asked known = ASKED.get(i);
        if (known.hooks.equals(hooks) && known.event.equals(event)) return i;
      }
      ASKED.add(new Asked(hooks, event));
      return ASKED.size() - 1;
    }
  }

  /** The same, with the library's half loaded already. */
  int loaded(String hooks, String event) {
    int number = number(hooks, event);
    try {
      get(number);
    } catch (RuntimeException | LinkageError again) {
      // Calling it throws the same.
    }
    return number;
  }

  Hook get(int number) {
    Hook[] known = byNumber;
    Hook hook = number < known.length ? known[number] : null;
    return hook == null ? load(number) : hook;
  }

  private synchronized Hook load(int number) {
    Asked asked;
    synchronized (ASKED) {
      asked = ASKED.get(number);
    }
    Map<String, Hook> half = offered.get(asked.hooks);
    if (half == null) offered.put(asked.hooks, half = half(asked.hooks));
    Hook hook = half.get(asked.event);
    if (hook == null) throw new IllegalStateException(asked.hooks + " offers no " + asked.event);
    Hook[] more = Arrays.copyOf(byNumber, Math.max(byNumber.length, number + 1));
    more[number] = hook;
    byNumber = more;
    return hook;
  }

  private Map<String, Hook> half(String name) {
    try {
      Class<?> type = Class.forName(name, true, Hooks.class.getClassLoader());
      Map<String, Hook> half = new HashMap<>();
      ((LibraryHooks) type.getDeclaredConstructor().newInstance()).offer(recorder, half);
      return half;
    } catch (ReflectiveOperationException error) {
      throw new IllegalStateException(name, error);
    }
  }

  private static final class Asked {
    final String hooks;
    final String event;

    Asked(String hooks, String event) {
      this.hooks = hooks;
      this.event = event;
    }
  }
}
