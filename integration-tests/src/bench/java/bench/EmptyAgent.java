package bench;

import java.lang.instrument.Instrumentation;

/** An agent that does nothing: what any -javaagent costs the JVM itself. */
public final class EmptyAgent {
  private EmptyAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {}
}
