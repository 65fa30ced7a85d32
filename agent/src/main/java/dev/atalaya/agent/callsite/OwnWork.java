package dev.atalaya.agent.callsite;

import org.jspecify.annotations.Nullable;

/**
 * Tells by the bottom of a thread's stack whether the application itself runs it, or a server for
 * the application.
 *
 * <p>What lies outermost, but for the JDK's threads and pools, must be a method of the application,
 * or any {@code main}. A server's thread works for everybody in turn: what repeats there is no
 * loop. So does a fork/join pool's, which all of a JVM share.
 */
public final class OwnWork extends FrameSearch {
  private static final int DEEPEST = 2_048;

  private final ClassRoles roles;
  private int left = DEEPEST;
  private @Nullable Object outermost;
  private long role;
  private boolean shared;

  private OwnWork(ClassRoles roles) {
    this.roles = roles;
  }

  /** Of the calling thread; false where that cannot be told. */
  public static boolean isHere(ClassRoles roles) {
    try {
      OwnWork search = new OwnWork(roles);
      ThreadFrames.walk(search);
      return search.isOwn();
    } catch (Throwable unknown) {
      return false;
    }
  }

  @Override
  boolean goesOn() {
    return left > 0;
  }

  @Override
  public void accept(Object frame) {
    left--;
    long one = roles.ofFrame(frame);
    if ((one & (ClassRoles.NO_MATTER | ClassRoles.GENERATED)) == 0) {
      outermost = frame;
      role = one;
    } else if (ThreadFrames.className(frame).equals("java.util.concurrent.ForkJoinWorkerThread")) {
      shared = true;
    }
  }

  private boolean isOwn() {
    Object frame = outermost;
    if (frame == null || shared || left == 0) return false;
    return roles.isOwn(role) || ThreadFrames.methodName(frame).equals("main");
  }
}
