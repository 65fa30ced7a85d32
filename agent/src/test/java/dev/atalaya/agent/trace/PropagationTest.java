package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PropagationTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "tracecontext, traceparent, 00-" + TRACE + "-" + SPAN + "-01, SAMPLED",
        "tracecontext, traceparent, 00-" + TRACE + "-" + SPAN + "-00, UNSAMPLED",
        "tracecontext, traceparent, 01-" + TRACE + "-" + SPAN + "-03-later, SAMPLED",
        "b3, b3, " + TRACE + "-" + SPAN + "-1, SAMPLED",
        "b3, b3, " + TRACE + "-" + SPAN + "-d, SAMPLED",
        "b3, b3, " + TRACE + "-" + SPAN + "-0, UNSAMPLED",
        "b3, b3, " + TRACE + "-" + SPAN + ", NONE",
        "jaeger, uber-trace-id, " + TRACE + ":" + SPAN + ":0:1, SAMPLED",
        "jaeger, uber-trace-id, " + TRACE + "%3A" + SPAN + "%3A0%3A0, UNSAMPLED"
      })
  void a_callers_context_is_read(String name, String header, String value, Sampler.Parent flag) {
    RemoteParent remote = read(name, header, value);
    assertEquals(0x4bf92f3577b34da6L, remote.traceIdHigh);
    assertEquals(0xa3ce929d0e0e4736L, remote.traceIdLow);
    assertEquals(0x00f067aa0ba902b7L, remote.spanId);
    assertEquals(flag, remote.sampled);
  }

  @Test
  void short_b3_ids_are_padded() {
    RemoteParent remote = read("b3", "b3", "a3ce929d0e0e4736-" + SPAN + "-1");
    assertEquals(0, remote.traceIdHigh);
    assertEquals(0xa3ce929d0e0e4736L, remote.traceIdLow);
  }

  @Test
  void b3_in_several_headers_is_read() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("X-B3-TraceId", Collections.singletonList(TRACE));
    headers.put("X-B3-SpanId", Collections.singletonList(SPAN));
    headers.put("X-B3-Flags", Collections.singletonList("1"));
    RemoteParent remote =
        new Propagation(Collections.singleton("b3multi")).extract(new Headers(headers));
    assertEquals(Sampler.Parent.SAMPLED, remote.sampled);
    assertEquals(0x00f067aa0ba902b7L, remote.spanId);
  }

  @ParameterizedTest
  @CsvSource({
    "b3, b3, 0, UNSAMPLED",
    "b3, b3, 1, SAMPLED",
    "b3, b3, d, SAMPLED",
    "b3, b3, perhaps, NONE",
    "b3multi, X-B3-Sampled, 0, UNSAMPLED",
    "b3multi, X-B3-Sampled, false, UNSAMPLED",
    "b3multi, X-B3-Sampled, 1, SAMPLED",
    "b3multi, X-B3-Flags, 1, SAMPLED",
    "b3multi, X-B3-Flags, 0, NONE",
    "tracecontext, b3, 0, NONE",
  })
  void whether_to_sample_may_be_said_before_there_is_a_trace(
      String name, String header, String value, Sampler.Parent flag) {
    RemoteParent remote = read(name, header, value);
    assertFalse(remote.present());
    assertEquals(flag, remote.sampled);
  }

  @Test
  void a_trace_in_another_form_outweighs_a_flag_alone() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("b3", Collections.singletonList("0"));
    headers.put("uber-trace-id", Collections.singletonList(TRACE + ":" + SPAN + ":0:1"));
    RemoteParent remote =
        new Propagation(Arrays.asList("b3", "jaeger")).extract(new Headers(headers));
    assertTrue(remote.present());
    assertEquals(Sampler.Parent.SAMPLED, remote.sampled);
  }

  @ParameterizedTest
  @CsvSource({
    "b3, b3, 0, false",
    "b3, b3, 1, true",
    "b3multi, X-B3-Sampled, 0, false",
    "b3multi, X-B3-Sampled, 1, true",
    "b3, b3, " + TRACE + "-" + SPAN + "-0, false",
    "jaeger, uber-trace-id, " + TRACE + ":" + SPAN + ":0:0, false",
    "jaeger, uber-trace-id, " + TRACE + ":" + SPAN + ":0:1, true",
    "tracecontext, traceparent, 00-" + TRACE + "-" + SPAN + "-00, false",
  })
  void what_the_caller_decided_holds_here_and_is_passed_on(
      String name, String header, String value, boolean sampled) {
    Simulation simulation = new Simulation();
    simulation.propagation = new Propagation(Collections.singleton(name));
    // This process alone would decide the other way.
    simulation.sampler = Sampler.parentBased(sampled ? Sampler.NEVER : Sampler.ALWAYS);
    Map<String, List<String>> headers =
        Collections.singletonMap(header, Collections.singletonList(value));
    Span span =
        (Span) simulation.recorder.serve(headers, "GET", "http", "shop", 80, "/orders", null);
    assertEquals(sampled, span.request().sampled());
    Map<String, String> sent = sent(simulation);
    span.end(null);
    String id = span.request().traceId();
    switch (name) {
      case "b3":
        assertTrue(sent.get("b3").startsWith(id), sent::toString);
        assertTrue(sent.get("b3").endsWith(sampled ? "-1" : "-0"), sent::toString);
        break;
      case "b3multi":
        assertEquals(sampled ? "1" : "0", sent.get("X-B3-Sampled"));
        assertNull(sent.get("X-B3-Flags"));
        assertEquals(id, sent.get("X-B3-TraceId"));
        break;
      case "jaeger":
        assertTrue(sent.get("uber-trace-id").endsWith(sampled ? ":1" : ":0"), sent::toString);
        break;
      default:
        assertTrue(sent.get("traceparent").endsWith(sampled ? "-01" : "-00"), sent::toString);
    }
  }

  /** It is sampled, which a process that exports nothing does not take back for those behind it. */
  @ParameterizedTest
  @CsvSource({
    "b3, d, true",
    "b3, " + TRACE + "-" + SPAN + "-d, true",
    "b3, " + TRACE + "-" + SPAN + "-d, false",
    "X-B3-Flags, 1, true",
    "X-B3-Flags, 1, false",
    "uber-trace-id, " + TRACE + ":" + SPAN + ":0:2, true",
    "uber-trace-id, " + TRACE + ":" + SPAN + ":0:3, true",
  })
  void a_debug_trace_goes_on_as_one(String header, String value, boolean exports) {
    Simulation simulation = new Simulation();
    simulation.propagation = new Propagation(List.of("tracecontext", "b3", "b3multi", "jaeger"));
    simulation.sampler = exports ? Sampler.parentBased(Sampler.NEVER) : Sampler.NEVER;
    Map<String, List<String>> headers = Map.of(header, List.of(value));
    Span span =
        (Span) simulation.recorder.serve(headers, "GET", "http", "shop", 80, "/orders", null);
    assertEquals(exports, span.request().sampled());
    Map<String, String> sent = sent(simulation);
    span.end(null);
    assertTrue(sent.get("b3").matches("[0-9a-f]{32}-[0-9a-f]{16}-d"), sent::toString);
    assertEquals("1", sent.get("X-B3-Flags"));
    assertEquals(span.request().traceId(), sent.get("X-B3-TraceId"));
    assertNull(sent.get("X-B3-Sampled"), "the flag implies it");
    assertTrue(sent.get("uber-trace-id").endsWith(":0:3"), sent::toString);
    assertTrue(sent.get("traceparent").endsWith(exports ? "-01" : "-00"), sent::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-" + TRACE + "-" + SPAN,
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-" + SPAN + "-01"
      })
  void what_is_no_trace_parent_starts_a_new_trace(String value) {
    assertFalse(read("tracecontext", "traceparent", value).present());
  }

  @Test
  void trace_state_and_baggage_are_passed_on() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("traceparent", Collections.singletonList("00-" + TRACE + "-" + SPAN + "-01"));
    headers.put("tracestate", Collections.singletonList("vendor=1"));
    headers.put("baggage", Collections.singletonList("user=7"));
    Propagation propagation = new Propagation(Arrays.asList("tracecontext", "baggage"));
    RemoteParent remote = propagation.extract(new Headers(headers));
    assertEquals("vendor=1", remote.traceState);
    assertEquals("user=7", remote.baggage);
  }

  @Test
  void trace_state_without_a_trace_parent_is_not() {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("tracestate", Collections.singletonList("vendor=1"));
    assertNull(
        new Propagation(Collections.singleton("tracecontext"))
            .extract(new Headers(headers))
            .traceState);
  }

  @Test
  void only_what_is_configured_is_sent() {
    Propagation propagation = new Propagation(Arrays.asList("b3", "jaeger"));
    assertEquals("b3", propagation.field(0));
    assertEquals("uber-trace-id", propagation.field(1));
    assertNull(propagation.field(2));
    assertNull(new Propagation(Collections.singleton("none")).field(0));
  }

  @Test
  void a_ratio_takes_its_share_and_a_parent_decides() {
    Sampler tenth = Sampler.ratio(0.1);
    int taken = 0;
    for (int i = 0; i < 10_000; i++) {
      if (tenth.sample(0, Ids.random(), "", Sampler.Parent.NONE)) taken++;
    }
    assertTrue(taken > 800 && taken < 1200, "a tenth of 10,000: " + taken);
    assertTrue(Sampler.parentBased(Sampler.NEVER).sample(0, 1, "", Sampler.Parent.SAMPLED));
    assertFalse(Sampler.parentBased(Sampler.ALWAYS).sample(0, 1, "", Sampler.Parent.UNSAMPLED));
    assertTrue(Sampler.parentBased(Sampler.ALWAYS).sample(0, 1, "", Sampler.Parent.NONE));
  }

  /** What a call from here on sends. */
  private static Map<String, String> sent(Simulation simulation) {
    Span call = (Span) simulation.recorder.request("GET", "http://stock/");
    Map<String, String> sent = new HashMap<>();
    for (int i = 0; simulation.recorder.field(i) != null; i++) {
      sent.put(simulation.recorder.field(i), simulation.recorder.header(call, i));
    }
    call.end(null);
    return sent;
  }

  private static RemoteParent read(String name, String header, String value) {
    return new Propagation(Collections.singleton(name))
        .extract(new Headers(Collections.singletonMap(header, Collections.singletonList(value))));
  }
}
