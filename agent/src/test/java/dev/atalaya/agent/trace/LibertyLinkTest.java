package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Liberty's link, as the agent sees it: by the names of its methods. */
class LibertyLinkTest {
  private final Recorder recorder = new Simulation().recorder;

  @Test
  void a_request_ends_when_its_link_is_closed_with_the_status_that_was_sent() {
    Link link = new Link("GET", 404);
    Span span = (Span) recorder.dispatch(link);
    assertNotNull(span);
    recorder.left(span);
    assertEquals(0, span.endNanos());
    recorder.dispatched(link);
    assertEquals(404, span.status());
    assertEquals("/nosuch", span.http().path);
  }

  @Test
  void a_link_is_used_again() {
    Link link = new Link("GET", 200);
    recorder.left(recorder.dispatch(link));
    recorder.dispatched(link);
    assertNotNull(recorder.dispatch(link));
  }

  @Test
  void a_link_that_is_closed_without_a_request_is_none() {
    recorder.dispatched(new Link("GET", 200));
    assertNull(recorder.dispatch(new Link("", 200)));
  }

  public record Link(String method, int status) {
    public Link getRequest() {
      return this;
    }

    public Link getResponse() {
      return this;
    }

    public String getMethod() {
      return method;
    }

    public String getScheme() {
      return "http";
    }

    public String getURI() {
      return "/nosuch";
    }

    public String getHeader(String name) {
      return name.equals("Host") ? "shop:9080" : null;
    }

    public int getStatus() {
      return status;
    }
  }
}
