package dev.atalaya.agent.trace;

import java.util.Map;

/**
 * A library's half behind the wall. Made by its constructor without parameters, once for a
 * recorder, when woven code first reaches one of its hooks.
 */
public interface LibraryHooks {
  /** Puts in each hook by the name that advice asks for it. */
  void offer(Recorder recorder, Map<String, Hook> hooks);
}
