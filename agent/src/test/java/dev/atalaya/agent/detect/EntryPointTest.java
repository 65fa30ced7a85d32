package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryPointTest {
  private final Simulation app = new Simulation();

  @Test
  void a_request_is_its_method_and_the_frameworks_route() {
    assertEquals("GET /orders/{id}", EntryPoint.of(app.request("/orders/{id}")));
  }

  @Test
  void without_a_route_it_is_the_method_alone() {
    app.recorder.serve(Map.of(), "GET", "http", "shop", 80, "/orders/7", null);
    Request request = app.query("SELECT 1", 1).request();
    assertEquals("GET", EntryPoint.of(request));
    app.recorder.fallbackRoute("/orders/*");
    assertEquals("GET /orders/*", EntryPoint.of(request));
    app.recorder.route("/orders/{id}");
    assertEquals("GET /orders/{id}", EntryPoint.of(request));
  }

  @Test
  void an_unheard_of_method_has_a_name_for_all() {
    app.recorder.serve(Map.of(), "X4711", "http", "shop", 80, "/", null);
    assertEquals("HTTP", EntryPoint.of(app.query("SELECT 1", 1).request()));
  }

  @Test
  void a_remote_procedure_call_is_its_method() {
    Request known = app.served("shop.Stock/Find", true, false);
    assertEquals("RPC shop.Stock/Find", EntryPoint.of(known));
    assertEquals("RPC", EntryPoint.of(app.served("shop.Stock/4711", false, false)));
  }

  @Test
  void a_job_is_its_method() {
    assertEquals("JOB shop.Nightly#run", EntryPoint.of(app.job("shop.Nightly#run")));
  }

  @Test
  void a_job_inside_of_a_request_is_its_own() {
    Request request = app.request("/run");
    app.recorder.job("shop.Nightly#run");
    Request job = app.query("SELECT 1", 1).request();
    assertEquals("JOB shop.Nightly#run", EntryPoint.of(job));
    assertNotEquals(request, job);
  }

  @ParameterizedTest
  @CsvSource({
    "pool-3-thread-12, THREAD pool-{}-thread-{}",
    "main, THREAD main",
    "worker 007, THREAD worker {}",
    "42, THREAD {}",
    "dw-17 - GET /users/ann@example.com?token=x, THREAD dw-{} - GET /users/REDACTED?token=REDACTED",
    "reset ghp_abcdefghijklmnopqrst, THREAD reset REDACTED"
  })
  void all_else_is_the_threads(String thread, String entryPoint) throws Exception {
    String[] found = new String[2];
    Thread running =
        new Thread(
            () -> {
              Request request = app.query("SELECT 1", 1).request();
              found[0] = EntryPoint.of(request);
              found[1] = EntryPoint.of(request.unit());
            },
            thread);
    running.start();
    running.join();
    assertEquals(entryPoint, found[0]);
    assertEquals(entryPoint, found[1]);
  }
}
