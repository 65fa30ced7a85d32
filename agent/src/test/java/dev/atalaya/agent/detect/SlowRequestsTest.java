package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Pretend;
import dev.atalaya.agent.trace.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowRequestsTest {
  private final Watch watch = new Watch("");

  @ParameterizedTest
  @CsvSource({"1999, 0", "2000, 1"})
  void a_request_of_two_seconds_is_slow(long millis, int found) {
    Request request = watch.app.request("/orders");
    watch.app.gapMicros = 0;
    watch.app.passes(millis);
    watch.app.end(request);
    assertEquals(found, watch.findings.list().size());
    if (found > 0) assertEquals("slow_request", watch.only().get("kind"));
    if (found > 0) assertNull(watch.only().get("operation"));
  }

  @ParameterizedTest
  @CsvSource({"199, false", "200, true"})
  void a_slow_request_that_waited_for_connections_says_so(long millis, boolean said) {
    Request request = watch.app.request("/orders");
    Pretend.waited(request.unit(), millis);
    watch.app.gapMicros = 0;
    watch.app.passes(2_000);
    watch.app.end(request);
    String suggestion = (String) watch.only().get("suggestion");
    assertEquals(
        said,
        suggestion.endsWith(
            " It waited 200 ms for a connection of its pool: give connections back sooner, or let"
                + " the pool have more."),
        suggestion);
    Object waited = ((Map<?, ?>) watch.only().get("slow")).get("pool_wait_ms");
    assertEquals(millis, ((Number) waited).longValue());
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, true"})
  void http_with_a_transaction_open_is_said_of_a_slow_request(boolean autoCommit, boolean said) {
    Request request = watch.app.request("/orders");
    watch.app.recorder.statements().autoCommit(autoCommit);
    watch.app.takesMicros = 1_500_000;
    watch.app.http("POST", "http://pay:80/charges", 201);
    watch.app.recorder.statements().autoCommit(true);
    watch.app.passes(1_000);
    watch.app.end(request);
    String suggestion = (String) watch.one("slow_request").get("suggestion");
    assertEquals(
        said,
        suggestion.contains(" Requests of 1500 ms were sent with a transaction open"),
        suggestion);
  }

  @Test
  void a_transaction_that_another_request_left_open_is_none_of_this_one() {
    Request before = watch.app.request("/orders");
    watch.app.recorder.statements().autoCommit(false);
    watch.app.end(before);
    Request request = watch.app.request("/orders");
    watch.app.takesMicros = 2_500_000;
    watch.app.http("POST", "http://pay:80/charges", 201);
    watch.app.end(request);
    String suggestion = (String) watch.one("slow_request").get("suggestion");
    assertFalse(suggestion.contains("transaction open"), suggestion);
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 0"})
  void a_remote_procedure_call_is_slow_unless_it_is_a_stream(boolean streaming, int found) {
    Request call = watch.app.served("shop.Stock/Find", true, streaming);
    watch.app.passes(2_000);
    watch.app.end(call);
    assertEquals(found, watch.findings.list().size());
    if (found > 0) assertEquals("RPC shop.Stock/Find", watch.only().get("entry_point"));
  }

  @Test
  void a_job_may_take_its_time() {
    Request job = watch.app.job("shop.Nightly#run");
    watch.app.passes(60_000);
    watch.app.end(job);
    assertTrue(watch.findings.list().isEmpty());
  }

  @Test
  void one_that_is_ignored_is_counted_as_such() {
    Watch ignoring = new Watch("atalaya.ignore.routes=/orders");
    Request request = ignoring.app.request("/orders");
    ignoring.app.passes(2_000);
    ignoring.app.end(request);
    assertTrue(ignoring.findings.list().isEmpty());
    assertEquals(List.of("ignored"), ignoring.counted);
  }
}
