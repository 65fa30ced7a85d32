package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** One way to tell about findings; called by its {@link ChannelSender}'s thread alone. */
interface Channel {
  /** As in the metric's label: {@code webhook}. */
  String name();

  /** Where it goes, without what is secret in it; empty for the log. */
  String address();

  /**
   * Sends one message.
   *
   * @param told what was told of the same problem before, or null
   * @return what came back, in a word
   * @throws Refusal where sending this again is of no use
   * @throws IOException with the reason in words, without what is secret
   */
  String send(ProblemEvent event, @Nullable ProblemEvent told) throws IOException;

  /** Whether it wants to hear every minute of what still fires. */
  default boolean wantsReminders() {
    return false;
  }

  default void remind(Collection<ProblemEvent> firing) throws IOException {}
}
