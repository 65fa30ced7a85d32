package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.trace.Ids;
import dev.atalaya.agent.trace.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds for every HTTP client, beside what holds for every call. */
public interface CallContractOverHttp extends CallContract {
  WovenServer server();

  /** Sends a GET with these headers, waits for the answer and returns its status. */
  int get(String url, Map<String, String> headers) throws Exception;

  @Override
  default Object call() throws Exception {
    return get(server().url("/200"), Map.of());
  }

  @Override
  default void failingCall() throws Exception {
    get(WovenServer.refusing(), Map.of());
  }

  @Override
  default String spanName() {
    return "GET";
  }

  @Test
  default void the_peer_is_told_of_the_span() throws Exception {
    woven().inRequest(() -> get(server().url("/200?q=1"), Map.of("X-Own", "kept")));
    Span span = woven().clientSpan();
    assertEquals(200, span.status());
    assertEquals("localhost", span.http().host);
    assertEquals(server().port(), span.http().port);
    assertEquals(server().url("/200?q=1"), span.http().url);
    String expected = "00-" + span.request().traceId() + "-" + Ids.span(span.id()) + "-01";
    assertEquals(List.of(expected), server().header("traceparent"));
    assertEquals(List.of("kept"), server().header("X-Own"));
  }

  @Test
  default void a_trace_header_that_is_there_is_left() throws Exception {
    String own = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    woven().inRequest(() -> get(server().url("/200"), Map.of("traceparent", own)));
    assertEquals(List.of(own), server().header("traceparent"));
    assertEquals(200, woven().clientSpan().status());
  }

  @Test
  default void a_refusing_status_is_an_error_of_that_name() throws Exception {
    assertEquals(404, woven().inRequest(() -> get(server().url("/404"), Map.of())));
    Span span = woven().clientSpan();
    assertEquals(404, span.status());
    assertEquals("404", span.failure().type);
  }

  /** A client may have one span for where it was sent and where that led, or one for each. */
  default int spansOfARedirect() {
    return 1;
  }

  @Test
  default void a_redirect_is_followed() throws Exception {
    assertEquals(200, woven().inRequest(() -> get(server().url("/302"), Map.of())));
    List<Span> spans = woven().clientSpans(spansOfARedirect());
    for (Span span : spans) {
      assertEquals(Span.Kind.SERVER, span.parent().kind());
      assertNull(span.failure());
    }
    Span last = spans.get(spans.size() - 1);
    assertEquals(200, last.status());
    assertEquals(1, server().header("traceparent").size());
    String told = server().header("traceparent").get(0);
    assertEquals(Ids.span(last.id()), told.substring(36, 52), "the span that was told of");
  }

  @Test
  default void an_unreachable_peer_is_an_error_of_the_exceptions_name() throws Exception {
    try {
      woven().inRequest(() -> get(WovenServer.refusing(), Map.of()));
    } catch (Exception expected) {
      // as without the agent
    }
    Span span = woven().clientSpan();
    assertEquals(0, span.status());
    assertNotNull(span.failure().thrown);
  }
}
