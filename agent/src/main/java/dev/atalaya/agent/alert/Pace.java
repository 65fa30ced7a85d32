package dev.atalaya.agent.alert;

/** How long a {@link ChannelSender} waits, and for what; in milliseconds. */
final class Pace {
  static final Pace USUAL = new Pace(250, 15_000, 60_000, 3_600_000);

  /** Before the second try; before the third it is twice that. */
  final long backoff;

  /** After the last try, until one more. */
  final long rest;

  /** Between two reminders of what fires. */
  final long reminder;

  /** How long something is tried at all. */
  final long oldest;

  Pace(long backoff, long rest, long reminder, long oldest) {
    this.backoff = backoff;
    this.rest = rest;
    this.reminder = reminder;
    this.oldest = oldest;
  }
}
