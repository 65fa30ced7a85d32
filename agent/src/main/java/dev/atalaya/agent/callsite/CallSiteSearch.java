package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One search for a call site, which is handed frame after frame, the innermost first.
 *
 * <p>Of most frames it asks the class's name alone: a method's name or a line number makes the JVM
 * build an object.
 */
final class CallSiteSearch extends FrameSearch {
  private static final int MOST = 5;

  /** After so many frames of others behind the application's, only the server's are left. */
  private static final int FAR = 32;

  private static final long GRAPHQL = Catalogue.tag("graphql");

  private final ClassRoles roles;
  private final StackTraceElement[] frames = new StackTraceElement[MOST];
  private int count;
  private int left;
  private int others;
  private long passed;

  /** Bits of libraries that call the application: they count wherever on the stack they are. */
  private long around;

  private @Nullable GraphQlField field;
  private long last;
  private @Nullable Object beneath;
  private long beneathRole;
  private @Nullable String called;
  private boolean isOwnMethod;
  private Object @Nullable [] spare;
  private int spares;
  private @Nullable Object spareCalled;
  private long spareRole;
  private long sparePassed;

  /** Looks at no more than {@code deepest} frames. */
  CallSiteSearch(ClassRoles roles, int deepest) {
    this.roles = roles;
    left = deepest;
  }

  @Override
  boolean goesOn() {
    return left > 0 && count < MOST && (count == 0 || others < FAR);
  }

  @Override
  public void accept(Object frame) {
    left--;
    others++;
    long role = roles.ofFrame(frame);
    if ((role & GRAPHQL) != 0) field().passed(frame);
    if ((role & ClassRoles.NO_MATTER) != 0) return;
    if ((role & ClassRoles.APPLICATION) != 0) {
      own(frame);
      return;
    }
    if ((role & ClassRoles.AROUND) != 0) around |= role & ClassRoles.LIBRARY;
    if (count > 0) return;
    if ((role & ClassRoles.STRANGER) != 0) spare(frame);
    passed(role);
    beneath = frame;
    beneathRole = role;
  }

  private GraphQlField field() {
    GraphQlField known = field;
    return known != null ? known : (field = new GraphQlField());
  }

  private void own(Object frame) {
    StackTraceElement element = ThreadFrames.element(frame);
    // Made by javac for a nested class: the method that it calls has a frame as well.
    if (element.getMethodName().startsWith("access$")) return;
    if (element.getLineNumber() < 0) {
      if (count == 0) spare(frame); // generated, or all of it was compiled without lines
      return;
    }
    if (count == 0) called = called();
    frames[count++] = element;
    others = 0;
  }

  private @Nullable String called() {
    Object callee = beneath;
    if (callee == null || (beneathRole & ClassRoles.DRIVER) != 0) return null;
    Class<?> declaring = (beneathRole & ClassRoles.GENERATED) == 0 ? null : roles.ownOf(callee);
    isOwnMethod = declaring != null;
    String type = declaring == null ? ThreadFrames.className(callee) : declaring.getName();
    return type + "." + ThreadFrames.methodName(callee);
  }

  /** A frame to make do with where none is known to be the application's. */
  private void spare(Object frame) {
    if (spares == MOST) return;
    Object[] kept = spare;
    if (kept == null) {
      spare = kept = new Object[MOST];
      spareCalled = beneath;
      spareRole = beneathRole;
      sparePassed = passed;
    }
    kept[spares++] = frame;
  }

  /** Of what Hibernate loads on its own the innermost counts: an EAGER select within a lazy one. */
  private void passed(long role) {
    long loads = role & ClassRoles.LOADS;
    if ((role & ClassRoles.LOADS_EAGER_COLLECTIONS) != 0 && (last & ClassRoles.COLLECTION) != 0) {
      passed = passed & ~ClassRoles.LOADS | ClassRoles.EAGER;
    } else if (loads != 0 && (passed & ClassRoles.LOADS) == 0) {
      passed |= loads;
    }
    passed |= role & ClassRoles.LIBRARY & ~ClassRoles.LOADS;
    last = role;
  }

  /** Null where no frame was the application's. */
  @Nullable CallSite found(@Nullable Object loading) {
    if (count == 0) takeSpares();
    if (count == 0) return null;
    long all = passed | around;
    if (field != null && field.isOnce()) all &= ~GRAPHQL;
    StackTraceElement[] own = Arrays.copyOf(frames, count);
    for (int i = count - 1; i >= 0; i--) own[i] = tidied(own[i], i + 1 < count ? own[i + 1] : null);
    // Queries of a listener that Hibernate calls meanwhile are the application's own.
    boolean loads = (passed & ClassRoles.LOADS) != 0;
    Loaded loaded = loads ? Loaded.of(loading) : null;
    return new CallSite(own, called, isOwnMethod, all, loaded == null ? null : loaded.role, loaded);
  }

  private void takeSpares() {
    Object[] kept = spare;
    if (kept == null) return;
    while (count < spares) frames[count] = ThreadFrames.element(kept[count++]);
    beneath = spareCalled;
    beneathRole = spareRole;
    called = called();
    passed = sparePassed;
  }

  private static StackTraceElement tidied(
      StackTraceElement walked, @Nullable StackTraceElement outer) {
    StackTraceElement frame = LambdaClass.holder(walked);
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
