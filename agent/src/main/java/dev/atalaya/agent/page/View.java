package dev.atalaya.agent.page;

import org.jspecify.annotations.Nullable;

/** One page of the console: what stands between its header and its end. */
interface View {
  /** Writes it; returns its title, or null where what is asked for is not there. */
  @Nullable String show(Query query, Html html);
}
