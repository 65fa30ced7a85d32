package dev.atalaya.agent.library.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Liberty's link, as the agent sees it: by the names of its methods. */
class LibertyHooksTest {
  private final Recorder recorder = new Simulation().recorder;
  private final Map<String, Hook> hooks = new HashMap<>();

  @BeforeEach
  void offer() {
    new LibertyHooks().offer(recorder, hooks);
  }

  @Test
  void a_request_ends_when_its_link_is_closed_with_the_status_that_was_sent() {
    Link link = new Link("GET", 404);
    Span span = dispatch(link);
    assertNotNull(span);
    recorder.left(span);
    assertEquals(0, span.endNanos());
    close(link);
    assertEquals(404, span.status());
    assertEquals("/nosuch", span.http().path);
  }

  @Test
  void a_link_is_used_again() {
    Link link = new Link("GET", 200);
    recorder.left(dispatch(link));
    close(link);
    assertNotNull(dispatch(link));
  }

  @Test
  void a_link_that_is_closed_without_a_request_is_none() {
    close(new Link("GET", 200));
    assertNull(dispatch(new Link("", 200)));
  }

  private Span dispatch(Link link) {
    return (Span) hooks.get("dispatch").call(link, null, null, null);
  }

  private void close(Link link) {
    hooks.get("close").call(link, null, null, null);
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
