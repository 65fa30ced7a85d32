package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Template;

/** Asks for the plan of a statement, which comes back by {@link Findings#plan}. */
public interface Plans {
  void ask(Template template, String fingerprint);
}
