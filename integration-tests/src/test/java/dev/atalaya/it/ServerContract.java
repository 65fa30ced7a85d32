package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold on a server with modules, with the archives of {@link WebArchive}, started once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class ServerContract {
  public static final String H2 = "com.h2database:h2:2.5.252";

  public static final String BOOKS = "/library/books/all";

  /** The books' ids, and each book. */
  private static final int STATEMENTS = 13;

  private static final Pattern CLASS_NOT_FOUND =
      Pattern.compile("NoClassDefFound|ClassNotFound|LinkageError|VerifyError|atalaya.bridge");

  /** For this server's own files. */
  public Path folder;

  public App app;

  private Otlp otlp;

  /** Starts it under the agent, with its archives deployed. */
  public abstract App start(Otlp otlp) throws Exception;

  /** Awaits or does what is left to do once it is started. */
  public void deploy(App app) throws Exception {}

  /** All that it has said. */
  public String log(App app) throws Exception {
    return app.output() + app.errors();
  }

  @BeforeAll
  public void start(@TempDir Path folder) throws Exception {
    this.folder = folder;
    otlp = Otlp.http();
    app = start(otlp);
    deploy(app);
  }

  @AfterAll
  public void stop() {
    if (app != null) app.close();
    otlp.close();
  }

  @Test
  public void each_way_to_end_a_request_is_told_as_the_client_saw_it() {
    WaysToEnd.check(otlp, app);
  }

  @Test
  public void a_request_is_one_span_with_its_route_and_its_calls_below() {
    App.Answer answer = app.get(BOOKS);
    assertEquals(200, answer.status(), answer::body);
    assertEquals("12", answer.body());
    assertBooks(answer);
  }

  @Test
  public void outside_of_every_application_a_request_is_one_span_without_a_route() {
    Span span = WaysToEnd.span(otlp, app, "/nosuch/page", 404);
    assertNull(span.get("http.route"), span::toString);
    assertEquals("GET", span.name());
    assertEquals("/nosuch/page", span.get("url.path"));
    assertFalse(span.error());
  }

  @Test
  public void a_file_that_is_missing_is_a_404_also_behind_a_filter() {
    for (String path : List.of("/library/missing.html", "/library/filtered/missing.html")) {
      Span span = WaysToEnd.span(otlp, app, path, 404);
      assertFalse(span.error(), span::toString);
      assertFalse(span.name().contains("missing"), span::toString);
    }
    WaysToEnd.span(otlp, app, "/library/there.txt", 200);
  }

  @Test
  public void an_exception_of_a_servlet_is_a_500_with_the_exception() {
    Span span = WaysToEnd.server(otlp, app, "/library/failing", 500, "/library/failing");
    assertTrue(span.error(), span::toString);
    assertEquals("java.lang.IllegalStateException", span.get("error.type"), span::toString);
  }

  @Test
  public void the_line_of_an_n_plus_one_is_the_applications_and_so_is_each_above_it() {
    assertEquals(200, app.get(BOOKS).status());
    Finding finding =
        Findings.only(app, "GET /library/books/*", 1)
            .has("kind", "n_plus_one", "operation.count_typical", STATEMENTS - 1)
            .cause("SELECT id FROM book WHERE shelf = ?", STATEMENTS - 1)
            .calledFrom("war.Books.book", "book");
    List<String> functions = new ArrayList<>();
    finding.at("call_site.stack").forEach(frame -> functions.add(frame.path("function").asText()));
    assertEquals(List.of("war.Books.book", "war.Books.doGet"), functions);
  }

  @Test
  public void requests_at_the_same_time_are_not_mixed_up() throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(4);
    try {
      List<Future<App.Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(visitors.submit(() -> app.get(BOOKS)));
      }
      for (Future<App.Answer> answer : answers) answer.get();
      otlp.settle();
      for (Future<App.Answer> answer : answers) assertBooks(answer.get());
    } finally {
      visitors.shutdown();
    }
  }

  /** A server may end a transaction of a connection that it has just made. */
  public final void assertBooks(App.Answer answer) {
    Trace trace = otlp.trace(answer.traceId()).assertCallsInsideServer();
    Span server = trace.server();
    assertEquals("GET /library/books/*", server.name());
    assertEquals("/library/books/*", server.get("http.route"));
    assertEquals(200L, server.get("http.response.status_code"));
    assertEquals(
        STATEMENTS, trace.where(span -> span.name().equals("SELECT book")).size(), trace::toString);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  public void it_misses_no_class_and_the_agent_warns_of_nothing() throws Exception {
    app.stop();
    String log = log(app);
    List<String> missing =
        log.lines().filter(line -> CLASS_NOT_FOUND.matcher(line).find()).toList();
    assertEquals(List.of(), missing);
    List<String> warned =
        app.agentLines()
            .lines()
            .filter(line -> line.contains("ERROR") || line.contains("WARN"))
            .filter(line -> !line.contains("N+1"))
            .toList();
    assertEquals(List.of(), warned);
  }
}
