package dev.atalaya.agent.alert;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Hands what is to be told to the channels that are configured. */
public final class Alerts {

  private final Options options;
  private final List<ChannelSender> senders = new ArrayList<>();

  public Alerts(Options options) {
    this(options, Pace.USUAL);
  }

  Alerts(Options options, Pace pace) {
    this.options = options;
    for (Channel channel : channels(options)) {
      senders.add(new ChannelSender(channel, this::isWanted, pace));
    }
  }

  static List<Channel> channels(Options options) {
    List<Channel> channels = new ArrayList<>();
    if (options.get(Options.ALERT_LOG)) channels.add(new LogLines());
    String webhook = options.get(Options.ALERT_WEBHOOK);
    if (!webhook.isEmpty()) {
      String secret = options.get(Options.ALERT_WEBHOOK_SECRET);
      channels.add(new Webhook(HttpEndpoint.of(webhook), secret));
    }
    String slack = options.get(Options.ALERT_SLACK);
    if (!slack.isEmpty()) channels.add(new Slack(HttpEndpoint.of(slack)));
    String alertmanager = options.get(Options.ALERT_ALERTMANAGER);
    if (!alertmanager.isEmpty()) {
      channels.add(new Alertmanager(HttpEndpoint.below(alertmanager, "/api/v2/alerts")));
    }
    return channels;
  }

  /** Never blocks. That something is resolved goes to those who were told that it fires. */
  public void accept(ProblemEvent event) {
    if (!event.resolved && !isWanted(event)) return;
    Error noThread = null;
    for (ChannelSender sender : senders) {
      try {
        sender.offer(event);
      } catch (OutOfMemoryError failed) {
        noThread =
            failed; // this channel sends it with the next event; the others are offered theirs
      }
    }
    if (noThread != null) throw noThread;
  }

  private boolean isWanted(ProblemEvent event) {
    return Rules.alerts(options, event.kind, event.severity);
  }

  /** By channel and result: {@code sent}, {@code failed}, {@code dropped}. */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    for (ChannelSender sender : senders) counts.put(sender.channel().name(), sender.counts());
    return counts;
  }

  /** Takes nothing any more, and lets what waits go out, for so long at most. */
  public void close(long timeoutMillis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    for (ChannelSender sender : senders) sender.finish();
    try {
      for (ChannelSender sender : senders) {
        sender.join(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
