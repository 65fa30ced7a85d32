package dev.atalaya.agent.library.hibernate;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;

/** What Hibernate loads on its own, from then until it is there. */
public final class HibernateHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "load", (source, none, nothing, no) -> source == null ? null : recorder.loading(source));
  }
}
