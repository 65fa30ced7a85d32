package shop.errors;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What went wrong since the shop was opened: exceptions grouped by type, root cause and the line of
 * ours that they hit.
 *
 * <p>It takes bounded memory: where there are too many groups, the one not seen for longest goes.
 */
@Component
public final class ErrorCatalogue {
  static final int GROUPS = 200;

  /**
   * @param frame the shop's own line that is nearest to the root cause
   * @param message the newest one, cut
   * @param entry of the newest: method and route; where there was no request, the thread
   * @param traces the last few, the newest first
   */
  public record Group(
      String type,
      String cause,
      String frame,
      String message,
      String entry,
      long count,
      Instant first,
      Instant last,
      List<Trace> traces) {}

  public record Trace(String id, @Nullable String url) {}

  private final TraceLinks links;
  private final Map<Failure, Tally> tallies = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten;

  ErrorCatalogue(TraceLinks links) {
    this.links = links;
  }

  synchronized void add(Sighting sighting) {
    tallies
        .computeIfAbsent(Failure.of(sighting.thrown()), failure -> new Tally(sighting.when()))
        .add(sighting);
    if (tallies.size() > GROUPS) {
      tallies.remove(tallies.keySet().iterator().next());
      forgotten++;
    }
  }

  /** The last seen first. */
  public synchronized List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    tallies.forEach((failure, tally) -> groups.add(tally.of(failure, links)));
    groups.sort(Comparator.comparing(Group::last).reversed());
    return groups;
  }

  /** Groups that had to go for newer ones. */
  public synchronized long forgotten() {
    return forgotten;
  }
}
