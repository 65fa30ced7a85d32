package dev.atalaya.agent.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.export.Recording;
import dev.atalaya.agent.export.SpanEncoder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TraceStoreTest {
  private final TraceStore store = new TraceStore();
  private final SpanEncoder encoder = new SpanEncoder(false);
  private final Recording recording = new Recording(this::keep);

  @BeforeEach
  void start() {
    recording.start();
  }

  @AfterEach
  void end() {
    recording.close();
  }

  @Test
  void the_oldest_of_the_most_frequent_goes_and_the_rare_one_stays() {
    serve("/rare", 200, true);
    for (int i = 0; i < 100; i++) serve("/frequent", 200, true);
    recording.close();

    assertTrue(store.bytes() <= TraceStore.MOST_BYTES);
    assertTrue(store.bytes() > TraceStore.MOST_BYTES / 2, "there is room for more than half");
    assertTrue(store.size() < 101);
    assertEquals(1, listed("/rare").size());
    List<Map<String, Object>> frequent = listed("/frequent");
    assertEquals(store.size() - 1, frequent.size());
    for (int i = 1; i < frequent.size(); i++) {
      Instant newer = Instant.parse((String) frequent.get(i - 1).get("time"));
      Instant older = Instant.parse((String) frequent.get(i).get("time"));
      assertFalse(newer.isBefore(older), "the newest first");
    }
  }

  @Test
  void one_without_a_fault_goes_before_one_that_failed() {
    serve("/failed", 0, true);
    for (int i = 0; i < TraceStore.MOST + 50; i++) serve("/a" + i, 0, false);
    recording.close();

    assertEquals(1, listed("/failed").size());
  }

  @Test
  void there_are_never_more_than_so_many() {
    for (int i = 0; i < TraceStore.MOST + 50; i++) serve("/a" + i, 0, false);
    recording.close();

    assertEquals(TraceStore.MOST, store.size());
    assertEquals(1, listed("/a" + (TraceStore.MOST + 49)).size());
    assertEquals(0, listed("/a0").size());
  }

  @Test
  void of_a_route_without_any_fault_the_latest_few_stay() {
    for (int i = 0; i < 10; i++) serve("/fine", 1, false);
    serve("/other", 1, false);
    recording.close();

    assertEquals(TraceStore.MOST_PLAIN, listed("/fine").size());
    assertEquals(1, listed("/other").size());
  }

  private List<Map<String, Object>> listed(String route) {
    return store.list(trace -> trace.isAt(route), TraceStore.MOST);
  }

  private void serve(String route, int spans, boolean fails) {
    Call request = recording.serve("GET", route, null, Map.of());
    recording.tracer.route(route);
    for (int i = 0; i < spans; i++) {
      Call span = recording.tracer.span("step " + i);
      span.attribute("text", "x".repeat(200));
      span.end(null);
    }
    request.end(fails ? new IllegalStateException() : null);
  }

  private void keep(Request request, Span latest) {
    KeptTrace trace = new KeptTrace(request.traceId());
    trace.describe(request, request.root());
    trace.add(Portion.of(latest, trace.room(true), encoder));
    store.put(trace, () -> {});
  }
}
