package dev.atalaya.agent.export;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a target is doing, for people: each change is one line in the log. Guarded by its {@link
 * ExportQueue}.
 */
final class TargetHealth {
  private static final Logger LOG = LoggerFactory.getLogger(TargetHealth.class);

  enum State {
    NEW,
    UP,
    /** Away, overloaded or late: what is to be sent waits. */
    AWAY,
    /** It answers, but takes nothing. */
    REFUSING,
    /** Nothing is configured, and the default address is silent. */
    NOBODY
  }

  private final String address;
  private final String items;
  private State state = State.NEW;
  private String reason = "";
  private long droppedBefore;
  private boolean silent;

  /** {@code items}: what is sent, in the plural. */
  TargetHealth(String address, String items) {
    this.address = address;
    this.items = items;
  }

  boolean is(State asked) {
    return state == asked;
  }

  /** Whether anybody was ever there. */
  boolean hasAnswered() {
    return state != State.NEW && state != State.NOBODY;
  }

  /** From here on no change is logged. */
  void silence() {
    silent = true;
  }

  /** {@code dropped}: how many items were dropped up to now. */
  void becomes(State now, String why, long dropped) {
    State before = state;
    boolean known = before == now && (now != State.REFUSING || why.equals(reason));
    if (before == State.UP || before == State.NEW) droppedBefore = dropped;
    state = now;
    reason = why;
    if (!known && !silent) tell(before, dropped - droppedBefore);
  }

  private void tell(State before, long dropped) {
    switch (state) {
      case NOBODY:
        LOG.info(
            "Nothing is configured for export (otel.exporter.otlp.endpoint) and no collector"
                + " listens on {}: no {} are sent until one does",
            address,
            items);
        break;
      case AWAY:
        LOG.warn("{} cannot be sent to {} ({}); the latest wait for it", plural(), address, reason);
        break;
      case REFUSING:
        LOG.warn("{} refuses {} ({}); they are dropped", address, items, reason);
        break;
      case UP:
        if (before == State.NOBODY) {
          LOG.info("{} are sent to {} now", plural(), address);
        } else if (before != State.NEW) {
          LOG.info(
              "{} are sent to {} again; {} were dropped meanwhile", plural(), address, dropped);
        }
        break;
      case NEW:
        break;
    }
  }

  void ends(int left) {
    LOG.warn("{} {} could not be sent to {} before the end", left, items, address);
  }

  private String plural() {
    return Character.toUpperCase(items.charAt(0)) + items.substring(1);
  }

  @Override
  public String toString() {
    switch (state) {
      case UP:
        return address + ": up";
      case AWAY:
        return address + ": cannot be reached (" + reason + ")";
      case REFUSING:
        return address + ": refuses (" + reason + ")";
      case NOBODY:
        return "nothing configured, and no collector on " + address;
      default:
        return address + ": nothing sent yet";
    }
  }
}
