package dev.atalaya.it.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of the demo shop, made with little data: what it says is what was to be shown. */
final class ReportIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final int MINUTES = 8; // on a machine that has more to do

  @TempDir static Path folder;

  private static JsonNode report;

  @BeforeAll
  static void both_editions_are_loaded_and_reported() throws IOException, InterruptedException {
    Path load = PROJECT.resolve("demo-shop/load/target");
    String libraries = Files.readString(load.resolve("classpath.txt")).strip();
    Path log = folder.resolve("report.log");
    Process process =
        new ProcessBuilder(
                Jvm.running().java(),
                "-Xmx256m",
                "-Dshop.project=" + PROJECT,
                "-cp",
                load.resolve("classes") + java.io.File.pathSeparator + libraries,
                "shop.report.Report",
                "--quick",
                "--out=" + folder)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), () -> "not done: " + read(log));
      assertEquals(0, process.exitValue(), () -> read(log));
    } finally {
      process.destroy();
    }
    System.out.println(read(log));
    report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  @Test
  void every_endpoint_was_measured_in_both_editions_without_an_error() {
    assertTrue(report.get("endpoints").size() >= 20);
    for (JsonNode endpoint : report.get("endpoints")) {
      for (String edition : List.of("naive", "tuned")) {
        JsonNode figures = endpoint.get(edition);
        assertTrue(figures.at("/times/count").asLong() > 0, () -> edition + " " + endpoint);
        assertTrue(figures.at("/times/p95").asDouble() > 0, () -> edition + " " + endpoint);
        assertEquals(0, figures.get("errors").asLong(), () -> edition + " " + endpoint);
      }
    }
    for (String edition : List.of("naive", "tuned")) {
      for (JsonNode capacity : report.at("/" + edition + "/capacity")) {
        assertEquals(0, capacity.get("errors").asLong(), capacity::toString);
        assertTrue(capacity.get("per_second").asDouble() > 0, capacity::toString);
      }
    }
  }

  @Test
  void the_agent_counted_as_many_requests_as_gatling_sent() {
    for (String edition : List.of("naive", "tuned")) {
      Map<String, Long> sent = new HashMap<>();
      for (JsonNode endpoint : report.get("endpoints")) {
        sent.merge(
            route(endpoint), endpoint.at("/" + edition + "/times/count").asLong(), Long::sum);
      }
      for (JsonNode endpoint : report.get("endpoints")) {
        assertEquals(
            sent.get(route(endpoint)),
            endpoint.at("/" + edition + "/agent_requests").asLong(),
            () -> edition + " " + endpoint.get("endpoint"));
      }
    }
  }

  private static String route(JsonNode endpoint) {
    return endpoint.at("/endpoint/method").asText() + " " + endpoint.at("/endpoint/route").asText();
  }

  @Test
  void the_naive_edition_s_sins_are_found_at_their_lines_and_gone_in_the_tuned_one() {
    Set<String> found = new TreeSet<>();
    for (JsonNode change : report.get("problems")) {
      JsonNode naive = change.get("naive");
      String kind = naive.path("kind").asText();
      if (kind.startsWith("n_plus_one")) {
        assertTrue(change.get("gone").asBoolean(), change::toString);
        assertTrue(naive.get("line").asText().matches("shop\\.naive\\.Naive.*\\.java:\\d+\\)"));
        naive.get("entry_points").forEach(one -> found.add(kind + " " + one.asText()));
      }
    }
    for (String sin :
        List.of(
            "n_plus_one GET /api/cart",
            "n_plus_one POST /api/cart/items",
            "n_plus_one POST /api/checkout",
            "n_plus_one GET /api/orders",
            "n_plus_one GET /api/reports/orders",
            "n_plus_one_cache GET /api/products")) {
      assertTrue(found.contains(sin), () -> sin + " in " + found);
    }
  }

  @Test
  void the_tuned_edition_has_no_problem_to_act_on() {
    for (JsonNode change : report.get("problems")) {
      JsonNode tuned = change.get("tuned");
      // What is slow on a machine that builds as well says nothing of the edition.
      if (!tuned.isNull() && !tuned.get("kind").asText().startsWith("slow")) {
        assertEquals("info", tuned.get("severity").asText(), tuned::toString);
      }
    }
  }

  @Test
  void the_tuned_edition_answers_in_half_the_time_and_hits_its_caches() {
    assertTrue(report.get("factor").asDouble() >= 2, () -> report.get("factor").toString());
    assertTrue(
        report.at("/tuned/times/p95").asDouble() * 2 <= report.at("/naive/times/p95").asDouble());
    assertTrue(
        report.at("/tuned/statements").asDouble() * 2 <= report.at("/naive/statements").asDouble());
    assertTrue(report.at("/tuned/hit_rate").asDouble() > 0.8);
    assertTrue(report.get("hit_rate_reached").asBoolean());
  }

  @Test
  void the_page_stands_alone() throws IOException {
    String page = Files.readString(folder.resolve("report.html"));
    for (String outside : List.of("src=", "href=", "<link", "@import", "url(", "<script")) {
      assertFalse(page.contains(outside), outside);
    }
    for (JsonNode endpoint : report.get("endpoints")) {
      assertTrue(page.contains(endpoint.at("/endpoint/title").asText().replace("/", "<wbr>/")));
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
