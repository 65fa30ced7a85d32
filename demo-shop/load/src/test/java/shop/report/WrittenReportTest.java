package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import shop.load.Endpoint;

/** What is written of a comparison: the page and the JSON. */
final class WrittenReportTest {
  private static final Comparison COMPARISON = Comparisons.of(100, 10);

  @Test
  void the_page_needs_no_other_file() {
    String page = Page.of(COMPARISON);
    for (String outside : List.of("src=", "href=", "<link", "@import", "url(", "<script")) {
      assertFalse(page.contains(outside), outside);
    }
  }

  @Test
  void what_the_agent_tells_cannot_become_markup() {
    String page = Page.of(COMPARISON);
    assertTrue(page.contains(Text.html(Comparisons.EVIL)));
    assertFalse(page.contains(Comparisons.EVIL));
  }

  @Test
  void the_page_has_every_endpoint_target_and_problem() {
    String page = Page.of(COMPARISON);
    for (Endpoint endpoint : Endpoint.values()) {
      assertTrue(page.contains("aria-label='" + Text.html(endpoint.title())), endpoint::title);
    }
    for (Verdict verdict : COMPARISON.verdicts()) {
      assertTrue(page.contains(verdict.target()), verdict::target);
    }
    for (ProblemChange change : COMPARISON.problems()) {
      assertTrue(page.contains(Text.html(change.naive().suggestion())));
      assertTrue(page.contains(change.naive().line()));
    }
  }

  @Test
  void every_element_of_the_page_is_closed() throws Exception {
    String page = Page.of(COMPARISON);
    String body = page.substring(page.indexOf("<main>"), page.indexOf("</main>") + 7);
    String xml = body.replace("<br>", "<br/>").replace("<wbr>", "<wbr/>").replace("&nbsp;", " ");
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(xml)));
    assertEquals("main", document.getDocumentElement().getTagName());
  }

  @Test
  void the_json_says_the_same() throws IOException {
    JsonNode json = new ObjectMapper().readTree(ReportJson.of(COMPARISON));
    assertEquals(10, json.get("factor").asDouble());
    assertTrue(json.get("passed").asBoolean());
    assertEquals(0.95, json.at("/tuned/hit_rate").asDouble());
    assertTrue(json.at("/naive/resources/machine_cpu").isNull(), "not known");
    JsonNode product = json.get("endpoints").get(Endpoint.PRODUCT.ordinal());
    assertEquals("GET /api/products/{id}", product.at("/endpoint/title").asText());
    assertEquals("simple", product.at("/endpoint/class").asText());
    assertEquals(100, product.at("/naive/times/p95").asDouble());
    assertEquals("slow", product.at("/naive/grade").asText());
    assertEquals("halved", product.get("outcome").asText());
    assertTrue(json.get("problems").get(0).get("gone").asBoolean());
    assertTrue(json.get("problems").get(0).get("tuned").isNull());
  }

  @Test
  void every_field_of_the_json_is_documented() throws IOException {
    String page = Files.readString(Path.of("report-json.md"));
    TreeSet<String> missing = new TreeSet<>();
    collect(new ObjectMapper().readTree(ReportJson.of(COMPARISON)), missing);
    missing.removeIf(name -> page.contains("`" + name + "`"));
    assertEquals(new TreeSet<>(), missing);
  }

  private static void collect(JsonNode json, TreeSet<String> names) {
    json.fieldNames().forEachRemaining(names::add);
    json.forEach(child -> collect(child, names));
  }
}
