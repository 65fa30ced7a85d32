package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingChangeTest {

  @Test
  void a_finding_is_read_with_its_line_cost_and_children() {
    Finding finding = Finding.of(Runs.finding("n_plus_one", "warning", "GET /o", "SELECT lines"));
    assertEquals("shop.naive.NaiveOrderHistory.view(NaiveOrderHistory.java:51)", finding.line());
    assertEquals(
        List.of(
            "shop.naive.NaiveOrderHistory.views(NaiveOrderHistory.java:43)",
            "shop.web.OrderController.list(OrderController.java:26)"),
        finding.callers());
    assertEquals(91.5, finding.costMillis());
    assertEquals(20, finding.count());
    assertEquals(List.of("SELECT products x60"), finding.children());
    assertTrue(finding.atLeastWarning());
  }

  @Test
  void what_is_slow_costs_its_time_and_may_have_no_line_nor_statement() {
    Finding finding = Finding.of(Runs.slow("GET /o"));
    assertEquals(1234.5, finding.costMillis());
    assertEquals("", finding.line());
    assertEquals("", finding.operation());
  }

  @Test
  void a_finding_without_its_like_is_gone_or_new() {
    List<FindingChange> changes =
        FindingChange.between(
            Runs.findings(
                Runs.finding("n_plus_one", "warning", "GET /gone", "SELECT a"),
                Runs.finding("n_plus_one", "warning", "GET /still", "SELECT a")),
            Runs.findings(
                Runs.finding("n_plus_one", "info", "GET /still", "SELECT a"),
                Runs.finding("n_plus_one", "info", "GET /gone", "SELECT other"),
                Runs.finding("duplicate_query", "info", "GET /gone", "SELECT a")));
    assertEquals(4, changes.size());
    assertTrue(at("GET /gone", changes).gone());
    assertFalse(at("GET /still", changes).gone());
    assertEquals("info", at("GET /still", changes).tuned().severity());
    List<FindingChange> fresh = changes.stream().filter(c -> c.naive() == null).toList();
    assertEquals(2, fresh.size());
    assertFalse(fresh.get(0).gone());
  }

  @Test
  void one_finding_is_not_the_like_of_two() {
    List<FindingChange> changes =
        FindingChange.between(
            Runs.findings(
                Runs.finding("n_plus_one", "warning", "GET /o", "SELECT a"),
                Runs.finding("n_plus_one", "warning", "GET /o", "SELECT a")),
            Runs.findings(Runs.finding("n_plus_one", "warning", "GET /o", "SELECT a")));
    assertEquals(1, changes.stream().filter(FindingChange::gone).count());
  }

  @Test
  void the_worst_come_first() {
    List<FindingChange> changes =
        FindingChange.between(
            Runs.findings(
                Runs.finding("n_plus_one", "info", "GET /a", "SELECT a"),
                Runs.finding("n_plus_one", "warning", "GET /b", "SELECT a"),
                Runs.slow("GET /c")),
            List.of());
    assertEquals(
        List.of("GET /c", "GET /b", "GET /a"),
        changes.stream().map(change -> change.naive().entryPoint()).toList());
  }

  @Test
  void only_what_was_seen_while_visitors_were_there_counts() {
    ArrayNode findings = JsonNodeFactory.instance.arrayNode();
    findings.add(Runs.finding("n_plus_one", "warning", "GET /o", "SELECT a"));
    long seen = Instant.parse(Runs.SEEN).toEpochMilli();
    assertEquals(1, FindingChange.seen(findings, seen + 999).size(), "whole seconds are told");
    assertEquals(0, FindingChange.seen(findings, seen + 1_000).size());
  }

  private static FindingChange at(String entryPoint, List<FindingChange> changes) {
    return changes.stream()
        .filter(c -> c.naive() != null && c.naive().entryPoint().equals(entryPoint))
        .findFirst()
        .orElseThrow();
  }
}
