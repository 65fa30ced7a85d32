package dev.atalaya.agent.trace;

import java.util.Map;

/**
 * A library's half behind the wall: the hooks that its advice calls. Made by its constructor
 * without parameters, once for each recorder, when one of its hooks is first called.
 */
public interface LibraryHooks {
  /** Puts in each hook, by the name that its advice has for it. */
  void offer(Recorder recorder, Map<String, Hook> hooks);
}
