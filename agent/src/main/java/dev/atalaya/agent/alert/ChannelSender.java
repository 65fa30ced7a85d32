package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.trace.Recorder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One channel's outbox, and the thread that sends what is in it: a channel that hangs delays no
 * other.
 *
 * <p>What fails is tried three times in short order. After that the channel rests, and one more try
 * follows each rest, until it works or the alert is too old.
 */
final class ChannelSender {
  private static final int TRIES = 3;

  private final Channel channel;
  private final Predicate<ProblemEvent> wanted;
  private final Pace pace;
  private final Outbox outbox = new Outbox();

  private @Nullable Thread thread;
  private boolean closing;
  private long restsUntil = millis();
  private long reminded = millis();

  /** Used by the sender's thread alone. */
  private final Health health;

  ChannelSender(Channel channel, Predicate<ProblemEvent> wanted, Pace pace) {
    this.channel = channel;
    this.wanted = wanted;
    this.pace = pace;
    this.health = new Health(channel);
  }

  Channel channel() {
    return channel;
  }

  synchronized Map<String, Long> counts() {
    return outbox.counts();
  }

  /** Never waits for the channel. */
  synchronized void offer(ProblemEvent event) {
    if (closing || !outbox.put(event, millis())) return;
    if (thread == null) start();
    notifyAll();
  }

  private void start() {
    Thread added = new Thread(null, this::run, "atalaya-alert-" + channel.name(), 256 * 1024);
    added.setDaemon(true);
    added.setContextClassLoader(null);
    added.start();
    thread = added;
  }

  /** From now on nothing is taken, and what waits is tried once more. */
  synchronized void finish() {
    closing = true;
    notifyAll();
  }

  /** Waits until the thread has ended, at most so long. */
  void join(long timeoutMillis) throws InterruptedException {
    Thread sender;
    synchronized (this) {
      sender = thread;
    }
    if (sender != null && timeoutMillis > 0) sender.join(timeoutMillis);
  }

  // ---- On the thread of its own ----------------------------------------------------------------

  private void run() {
    for (boolean more = true; more; ) {
      try {
        more = goesOn();
      } catch (Throwable lost) {
        // There was no memory even to log it.
      }
    }
  }

  private boolean goesOn() {
    try {
      Recorder.mute();
      return step();
    } catch (InterruptedException nobodyOfOurs) {
      return !isClosing();
    } catch (Throwable error) {
      rest();
      Log.warn("an error in alerts to " + channel.name() + ", which go on", error);
      return !isClosing();
    }
  }

  private boolean step() throws InterruptedException {
    if (!awaitWork()) return false;
    ProblemEvent next = next();
    if (next != null) deliver(next);
    else remind();
    return true;
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  /** Long enough that what goes wrong again and again costs nothing. */
  private void rest() {
    try {
      pause(pace.rest);
    } catch (InterruptedException nobodyOfOurs) {
      // So the next try is now.
    }
  }

  /** Returns once there is something to send or to remind of; false at the end. */
  private synchronized boolean awaitWork() throws InterruptedException {
    for (; ; ) {
      long now = millis();
      outbox.forgetBefore(now - pace.oldest);
      boolean waiting = outbox.next() != null;
      if (closing) return waiting;
      long pause = waiting ? restsUntil - now : Long.MAX_VALUE;
      if (channel.wantsReminders() && outbox.isFiring()) {
        pause = Math.min(pause, reminded + pace.reminder - now);
      }
      if (pause <= 0) return true;
      wait(pause);
    }
  }

  /** Null where the work is to remind. */
  private synchronized @Nullable ProblemEvent next() {
    return closing || restsUntil <= millis() ? outbox.next() : null;
  }

  private void deliver(ProblemEvent event) throws InterruptedException {
    for (int tries = health.isFailing() ? TRIES : 1; ; tries++) {
      try {
        channel.send(event, toldOf(event));
        delivered(event);
        works();
        return;
      } catch (Refusal | RuntimeException | LinkageError hopeless) {
        refused(event);
        fails(hopeless, "");
        return;
      } catch (IOException | VirtualMachineError error) {
        if (tries < TRIES && pause(pace.backoff * tries)) continue;
        failed(event);
        fails(error, "; what is not sent is kept for an hour");
        return;
      }
    }
  }

  private void remind() {
    try {
      channel.remind(firing());
      works();
    } catch (IOException | RuntimeException | LinkageError error) {
      fails(error, "");
    }
  }

  private synchronized List<ProblemEvent> firing() {
    reminded = millis();
    List<ProblemEvent> firing = outbox.firing();
    firing.removeIf(wanted.negate());
    return firing;
  }

  private synchronized @Nullable ProblemEvent toldOf(ProblemEvent event) {
    return outbox.toldOf(event);
  }

  private synchronized void delivered(ProblemEvent event) {
    if (!outbox.isFiring()) reminded = millis();
    outbox.delivered(event);
  }

  private synchronized void refused(ProblemEvent event) {
    outbox.refused(event);
  }

  private synchronized void failed(ProblemEvent event) {
    restsUntil = millis() + pace.rest;
    outbox.failed(event);
    if (closing) outbox.forgetAll();
  }

  private void works() {
    String line = health.works();
    if (line == null) return;
    Log.info(line);
    synchronized (this) {
      restsUntil = millis(); // what waits goes now
    }
  }

  private void fails(Throwable error, String then) {
    String reason = error instanceof IOException ? error.getMessage() : error.toString();
    String line = health.fails(reason + then);
    if (line != null) Log.warn(line);
  }

  /** False where there is no time left for pauses. */
  private synchronized boolean pause(long millis) throws InterruptedException {
    long until = millis() + millis;
    for (long left = millis; left > 0 && !closing; left = until - millis()) wait(left);
    return !closing;
  }

  private static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
