package dev.atalaya.agent.weave;

/**
 * What is woven into one library: its methods as data, and the advice beside them.
 *
 * <p>Found by {@link java.util.ServiceLoader}; made once, asked once, on the thread of {@code
 * premain}. The class is loaded in every JVM, so it names its library only in advice.
 */
public abstract class Instrumentation {
  private final String name;

  /** {@code name} is that of {@code atalaya.instrumentation.<name>.enabled}. */
  protected Instrumentation(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public abstract void weave(Weaver weaver);
}
