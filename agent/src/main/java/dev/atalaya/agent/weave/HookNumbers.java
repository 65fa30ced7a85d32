package dev.atalaya.agent.weave;

/** Gives each hook the number that woven code reaches it by; any thread may ask. */
public interface HookNumbers {
  /**
   * The same number whenever it is asked.
   *
   * @param hooks the name of the class that offers it, which need not be loaded
   */
  int of(String hooks, String event);
}
