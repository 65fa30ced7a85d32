package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the packaged agent says of routes, statements and errors of a small application. */
final class FiguresIT {
  private static Console console;

  @BeforeAll
  static void start() {
    console =
        Console.of(
            App.main("app.JdbcApp")
                .libraries("com.h2database:h2:1.4.200")
                .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain"));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  void routes_and_statements_have_what_came_before_and_after_somebody_looked() {
    for (int i = 0; i < 3; i++) assertEquals(200, console.app().get("/jdbc?prepared").status());
    JsonNode route = named("route", "/jdbc", "routes");
    JsonNode statement = named("summary", "SELECT item", "statements");
    assertEquals(3, statement.get("calls").asInt(), statement::toString);
    String text = "SELECT name FROM item WHERE price < ? AND name <> ?";
    assertEquals(text, statement.get("text").asText());
    assertTrue(statement.get("routes").isEmpty(), statement::toString);

    for (int i = 0; i < 2; i++) assertEquals(200, console.app().get("/jdbc?prepared").status());
    String id = statement.get("statement").asText();
    assertTrue(
        Otlp.await(() -> console.api("statements/" + id).at("/routes/0/calls").asInt() == 2),
        () -> console.page("api/statements/" + id));
    assertEquals("GET /jdbc", console.api("statements/" + id).at("/routes/0/entry_point").asText());
    JsonNode later = named("route", "/jdbc", "routes");
    assertEquals(route.get("count").asInt() + 2, later.get("count").asInt());
    assertTrue(later.at("/last_minute/count").asInt() >= 2, later::toString);

    assertTrue(console.page("routes").contains("<code>GET /jdbc</code>"));
    assertTrue(console.page("statements").contains("<code>SELECT name FROM item WHERE"));
    assertTrue(console.page("statements/" + id).contains("<h1>SELECT item</h1>"));
    assertEquals(404, Program.get(console.url("statements/0")).statusCode());
  }

  @Test
  void an_error_that_was_handled_has_its_line_its_call_and_its_trace() {
    assertEquals(200, console.app().get("/jdbc?error").status());
    assertTrue(Otlp.await(() -> !console.api("errors").isEmpty()));
    JsonNode error = named("what", "SELECT nowhere", "errors");
    assertEquals("org.h2.jdbc.JdbcSQLSyntaxErrorException", error.get("type").asText());
    assertEquals("app.JdbcApp.error", error.at("/call_site/function").asText());
    assertEquals("GET /jdbc", error.at("/entry_points/0/entry_point").asText());
    assertEquals(32, error.at("/trace_ids/0").asText().length());
    assertTrue(console.page("errors").contains("JdbcSQLSyntaxErrorException"));
    assertTrue(console.page("errors/" + error.get("error").asText()).contains("JdbcApp.java:"));
    assertFalse(console.page("api/errors").contains("CANARY"), "no value of a statement's");
  }

  private static JsonNode named(String key, String name, String list) {
    JsonNode all = console.api(list);
    for (JsonNode one : all) if (one.get(key).asText().equals(name)) return one;
    throw new AssertionError("no " + name + " in " + all);
  }
}
