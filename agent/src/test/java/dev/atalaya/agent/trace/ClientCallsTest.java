package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.SqlText;
import org.junit.jupiter.api.Test;

class ClientCallsTest {
  private final Simulation app = new Simulation();
  private final ClientCalls calls = app.recorder.clientCalls();
  private final Templates templates = calls.templates();
  private final Datasource server =
      templates.datasource(OperationFamily.KEY_VALUE, "store", "host", 7, null);
  private final Template get =
      templates.command(server, "GET", "GET k{}", SqlText.Kind.READ, Purpose.WORK, false);

  @Test
  void one_server_and_one_text_are_one_template() {
    assertSame(server, templates.datasource(OperationFamily.KEY_VALUE, "store", "host", 7, null));
    assertSame(
        get, templates.command(server, "GET", "GET k{}", SqlText.Kind.READ, Purpose.WORK, false));
  }

  @Test
  void a_call_is_shown_as_what_it_was_described_by_last() {
    Request request = app.request("/a");
    Span call = calls.begin(Open.get(), "store");
    call.describe(
        templates.command(server, "SET", "SET k{}", SqlText.Kind.WRITE, Purpose.WORK, false));
    call.describe(get);
    call.end(null);
    app.end(request);
    assertEquals("GET", app.handedOver.get(1).name());
  }

  @Test
  void a_call_that_nobody_described_is_shown_where_it_failed() {
    Request request = app.request("/a");
    calls.begin(Open.get(), "store").end(null);
    Span failed = calls.begin(Open.get(), "store");
    failed.failed(Failure.of(new IllegalStateException()));
    failed.end(null);
    app.end(request);
    assertEquals(2, app.handedOver.size());
    assertSame(failed, app.handedOver.get(1));
  }

  @Test
  void inside_a_call_there_is_no_other() {
    Span outer = calls.begin(Open.get(), get, System.nanoTime());
    assertSame(outer, Open.get().call());
    assertNull(calls.begin(Open.get(), "store"));
    outer.end(null);
    assertNull(Open.get().call());
  }

  @Test
  void calls_of_one_key_are_counted_together() {
    Request request = app.request("/a");
    Span first = counted(7, 1);
    Span second = counted(7, 2);
    Span other = counted(8, 1);
    assertNotNull(first.statistics());
    assertSame(first.statistics(), second.statistics());
    assertEquals(2, first.statistics().count());
    assertEquals(1, other.statistics().count());
    app.end(request);
  }

  @Test
  void the_first_failure_stands() {
    Span call = calls.begin(Open.get(), get, System.nanoTime());
    call.failed(Failure.answered("NO", "no", "NO"));
    call.failed(Failure.of(new IllegalStateException()));
    call.end(null);
    assertEquals("NO", call.failure().type);
    assertEquals("NO", call.failure().responseStatus());
  }

  private Span counted(long key, int values) {
    Span call = calls.begin(Open.get(), get, System.nanoTime());
    calls.count(Open.get(), call, key, Hash.UNKNOWN, values, false);
    call.end(null);
    return call;
  }
}
