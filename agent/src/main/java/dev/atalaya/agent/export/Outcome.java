package dev.atalaya.agent.export;

/** What became of one attempt to deliver a batch. */
final class Outcome {
  enum Kind {
    DELIVERED,

    /** Nobody took the connection: the same holds for all batches. */
    UNREACHABLE,

    /** The connection broke: the target restarted, or closed one that was kept open for long. */
    BROKEN,

    /** The target is overloaded, or late; it may take the same batch later. */
    RETRY,

    /** The same batch would be refused again. */
    REFUSED
  }

  /** Made before it is needed: there may be no memory then. */
  static final Outcome UNSENT = of(Kind.RETRY, "no memory or no thread");

  final Kind kind;

  /** Completes "cannot be sent to X: ". */
  final String reason;

  /** Items of a delivered batch that the target did not take. */
  final long rejected;

  /** How long the target asks to be left alone, in ns; 0 where it does not. */
  final long pauseNanos;

  private Outcome(Kind kind, String reason, long rejected, long pauseNanos) {
    this.kind = kind;
    this.reason = reason;
    this.rejected = rejected;
    this.pauseNanos = pauseNanos;
  }

  static Outcome delivered(long rejected) {
    return new Outcome(Kind.DELIVERED, "", rejected, 0);
  }

  static Outcome of(Kind kind, String reason) {
    return new Outcome(kind, reason, 0, 0);
  }

  Outcome after(long nanos) {
    return kind == Kind.RETRY ? new Outcome(kind, reason, rejected, nanos) : this;
  }
}
