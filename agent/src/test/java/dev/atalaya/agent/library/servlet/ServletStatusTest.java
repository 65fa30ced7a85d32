package dev.atalaya.agent.library.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.UnavailableException;
import org.junit.jupiter.api.Test;

/** What a client sees of an exception, where the container itself is not known. */
class ServletStatusTest {
  private final Recorder recorder = new Simulation().recorder;

  @Test
  void an_exception_is_a_500() {
    assertEquals(500, status(new Response(), new IllegalStateException()));
    assertEquals(500, status(new Response(), new FileNotFoundException("/report.pdf")));
  }

  @Test
  void a_servlet_that_is_gone_is_a_404_and_one_that_comes_back_a_503() {
    assertEquals(404, status(new Response(), new UnavailableException("gone")));
    assertEquals(503, status(new Response(), new UnavailableException("busy", 3)));
  }

  @Test
  void what_is_on_its_way_stays_what_it_is() {
    assertEquals(200, status(new Committed(), new IllegalStateException()));
  }

  private int status(Object response, Throwable error) {
    Span span = (Span) recorder.serve(Map.of(), "GET", "http", "shop", 80, "/orders", null);
    Map<String, Hook> hooks = new HashMap<>();
    new ServletHooks().offer(recorder, hooks);
    hooks.get("served").call(span, new Object(), response, error);
    return span.status();
  }

  /** Of a container that nothing is known of. */
  public static class Response {
    public int getStatus() {
      return 200;
    }

    public boolean isCommitted() {
      return false;
    }
  }

  /** The same with its head sent. */
  public static final class Committed extends Response {
    @Override
    public boolean isCommitted() {
      return true;
    }
  }
}
