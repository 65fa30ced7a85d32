package dev.atalaya.agent.trace;

import java.util.Arrays;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search for a call site, which is handed frame after frame, the innermost first.
 *
 * <p>Of most frames it asks the class's name alone: a method's name or a line number makes the JVM
 * build an object.
 */
final class CallSiteSearch implements Consumer<Object>, Function<Stream<?>, @Nullable Object> {
  private static final int MOST = 5;

  /** So many frames of others after the application's are the server below it. */
  private static final int FAR = 32;

  private final ClassRoles roles;
  private final StackTraceElement[] frames = new StackTraceElement[MOST];
  private int count;
  private int left;
  private int others;
  private int libraries;
  private int last;
  private @Nullable Object beneath;
  private int beneathRole;
  private @Nullable String called;

  /** Looks at no more than {@code deepest} frames. */
  CallSiteSearch(ClassRoles roles, int deepest) {
    this.roles = roles;
    left = deepest;
  }

  boolean goesOn() {
    return left > 0 && count < MOST && (count == 0 || others < FAR);
  }

  /** What {@code StackWalker.walk} calls. */
  @Override
  public @Nullable Object apply(Stream<?> stream) {
    Spliterator<?> next = stream.spliterator();
    while (goesOn() && next.tryAdvance(this)) continue;
    return null;
  }

  /** A frame: a {@link StackTraceElement} or one of StackWalker's. */
  @Override
  public void accept(Object frame) {
    left--;
    others++;
    int role = roles.of(ThreadFrames.className(frame));
    if ((role & ClassRoles.NO_MATTER) != 0) return;
    if ((role & ClassRoles.APPLICATION) != 0) {
      own(frame);
    } else if (count > 0) {
      libraries |= role & ClassRoles.ANYWHERE;
    } else {
      passed(role);
      beneath = frame;
      beneathRole = role;
    }
  }

  private void own(Object frame) {
    StackTraceElement element = ThreadFrames.element(frame);
    // Made by javac for a nested class: the method that it calls has a frame as well.
    if (element.getMethodName().startsWith("access$")) return;
    Object callee = beneath;
    if (count == 0 && callee != null && (beneathRole & ClassRoles.DRIVER) == 0) {
      called = ThreadFrames.className(callee) + "." + ThreadFrames.methodName(callee);
    }
    frames[count++] = element;
    others = 0;
  }

  /** Of what Hibernate does on its own the innermost counts: an EAGER select of a lazy one's. */
  private void passed(int role) {
    int loads = role & ClassRoles.LOADS;
    if ((role & ClassRoles.LOADS_EAGER_COLLECTIONS) != 0 && (last & ClassRoles.COLLECTION) != 0) {
      libraries = libraries & ~ClassRoles.LOADS | ClassRoles.EAGER;
    } else if (loads != 0 && (libraries & ClassRoles.LOADS) == 0) {
      libraries |= loads;
    }
    libraries |= role & ClassRoles.LIBRARIES & ~ClassRoles.LOADS;
    last = role;
  }

  /** Null where no frame was the application's. */
  @Nullable CallSite found(@Nullable Object loading) {
    if (count == 0) return null;
    StackTraceElement[] own = Arrays.copyOf(frames, count);
    for (int i = count - 1; i >= 0; i--) own[i] = tidied(own[i], i + 1 < count ? own[i + 1] : null);
    // Queries of a listener that Hibernate calls meanwhile are the application's own.
    boolean loads = (libraries & ClassRoles.LOADS) != 0;
    Loaded loaded = loads ? Loaded.of(loading) : null;
    return new CallSite(own, called, libraries, loaded == null ? null : loaded.role, loaded);
  }

  private static StackTraceElement tidied(
      StackTraceElement frame, @Nullable StackTraceElement outer) {
    String method = LambdaName.holder(frame.getMethodName());
    if (method.equals(frame.getMethodName())) return frame;
    // How Java 8's compiler names a lambda inside of a lambda.
    if (method.equals("null")
        && outer != null
        && outer.getClassName().equals(frame.getClassName())) {
      method = outer.getMethodName();
    }
    return new StackTraceElement(
        frame.getClassName(), method, frame.getFileName(), frame.getLineNumber());
  }
}
