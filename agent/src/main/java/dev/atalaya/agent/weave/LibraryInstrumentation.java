package dev.atalaya.agent.weave;

/**
 * What is woven into one library: its methods as data, and the advice beside them.
 *
 * <p>Found by {@link java.util.ServiceLoader} when the jar is packed, and asked then. A start reads
 * {@link WeaveIndex} instead: the class itself is not in the jar, only its advice is. So what it
 * wants may not depend on the JVM that asks.
 */
public abstract class LibraryInstrumentation {
  private final String name;

  /** {@code name} is that of {@code atalaya.instrumentation.<name>.enabled}. */
  protected LibraryInstrumentation(String name) {
    this.name = name;
  }

  public final String name() {
    return name;
  }

  public abstract void weave(Weaver weaver);

  /** Where it was seen to work, and what it captures. */
  public Coverage coverage() {
    return Coverage.of();
  }
}
