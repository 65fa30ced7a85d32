package shop.errors;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** How often an error was seen, and what is worth keeping of its last sightings. */
final class Tally {
  static final int TRACES = 5;
  static final int MESSAGE_LENGTH = 300;

  private final Deque<String> traces = new ArrayDeque<>();
  private final Instant first;
  private Instant last;
  private String message = "";
  private String entry = "";
  private long count;

  Tally(Instant first) {
    this.first = first;
    this.last = first;
  }

  void add(Sighting sighting) {
    count++;
    last = sighting.when();
    entry = sighting.entry();
    message = cut(Failure.message(sighting.thrown()));
    String trace = sighting.trace();
    if (!trace.isEmpty() && !traces.contains(trace)) {
      traces.addFirst(trace);
      if (traces.size() > TRACES) {
        traces.removeLast();
      }
    }
  }

  ErrorCatalogue.Group of(Failure failure, TraceLinks links) {
    List<ErrorCatalogue.Trace> linked =
        traces.stream().map(id -> new ErrorCatalogue.Trace(id, links.to(id))).toList();
    return new ErrorCatalogue.Group(
        failure.type(),
        failure.cause(),
        failure.frame(),
        message,
        entry,
        count,
        first,
        last,
        linked);
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_LENGTH
        ? message
        : message.substring(0, MESSAGE_LENGTH) + "…";
  }
}
