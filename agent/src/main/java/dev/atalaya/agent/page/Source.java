package dev.atalaya.agent.page;

import org.jspecify.annotations.Nullable;

/** What the API and the pages show of one thing. Any thread may ask, at any time. */
public interface Source {
  /**
   * Maps, lists, strings, numbers and booleans, as JSON has them; null where what is asked for is
   * not there.
   */
  @Nullable Object get(Query query);
}
