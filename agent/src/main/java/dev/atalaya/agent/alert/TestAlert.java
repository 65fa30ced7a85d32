package dev.atalaya.agent.alert;

import dev.atalaya.agent.config.Options;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The command {@code test-alert}: one made-up finding to each channel, and what came back. */
public final class TestAlert {
  private TestAlert() {}

  /**
   * Called by name from outside the wall.
   *
   * @param arguments as an agent's
   * @param resolved whether to tell that the test is over
   * @return the exit code: 0 where all channels took it, 1 where one did not, 2 where it cannot be
   *     tested
   */
  public static int run(String arguments, boolean resolved) {
    Options options = Options.read(arguments);
    boolean wrong = false;
    for (String warning : options.warnings()) {
      System.err.println(warning);
      String words = warning.toLowerCase(Locale.ROOT).replace('_', '.');
      wrong |= words.contains("atalaya.alert.") || words.startsWith("unknown option");
    }
    if (wrong) return 2;
    List<Channel> channels = Alerts.channels(options);
    if (channels.isEmpty()) {
      System.err.println("no channel is configured; they are the options atalaya.alert.*");
      return 2;
    }
    if (channels.size() == 1 && channels.get(0) instanceof LogLines) {
      System.out.println(
          "nothing but the log is configured; atalaya.alert.webhook.url, .slack.url and"
              + " .alertmanager.url are the others");
    }
    int status = 0;
    for (Channel channel : channels) {
      String address = channel.address();
      System.out.print(channel.name() + (address.isEmpty() ? "" : " " + address) + ": ");
      System.out.flush();
      try {
        System.out.println(channel.send(SampleFinding.event(options, resolved), null));
      } catch (IOException failed) {
        System.out.println("failed: " + failed.getMessage());
        status = 1;
      }
    }
    return status;
  }
}
