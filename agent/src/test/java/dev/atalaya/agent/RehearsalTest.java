package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final Simulation application = new Simulation();

  @Test
  void a_request_with_a_query_that_repeats_is_recorded_and_nothing_left_open() {
    new Rehearsal(application.recorder).request();
    application.worker.drain();
    List<String> names = application.handedOver.stream().map(Span::name).sorted().toList();
    assertEquals(List.of("GET /rehearsal", "SELECT t", "SELECT t", "SELECT t"), names);
    assertNull(application.recorder.traceId());
    assertEquals(0, application.recorder.requestsInProgress());
  }
}
