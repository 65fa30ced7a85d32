package dev.atalaya.agent.library.hibernate;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;

/** Marks what Hibernate loads on its own, until it is loaded. */
public final class HibernateHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "load", (source, none, nothing, no) -> source == null ? null : recorder.loading(source));
  }
}
