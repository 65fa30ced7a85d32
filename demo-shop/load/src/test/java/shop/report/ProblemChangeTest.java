package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemChangeTest {

  @Test
  void a_problem_is_read_with_its_line_cost_and_children() {
    Problem problem = Problem.of(Runs.problem("n_plus_one", "warning", "GET /o", "SELECT lines"));
    assertEquals("shop.naive.NaiveOrderHistory.view(NaiveOrderHistory.java:51)", problem.line());
    assertEquals(
        List.of(
            "shop.naive.NaiveOrderHistory.views(NaiveOrderHistory.java:43)",
            "shop.web.OrderController.list(OrderController.java:26)"),
        problem.callers());
    assertEquals(91.5, problem.costMillis());
    assertEquals(20, problem.count());
    assertEquals(List.of("SELECT products x60"), problem.children());
    assertTrue(problem.atLeastWarning());
  }

  @Test
  void what_is_slow_costs_its_time_and_may_have_no_line_nor_statement() {
    Problem problem = Problem.of(Runs.slow("GET /o"));
    assertEquals(1234.5, problem.costMillis());
    assertEquals("", problem.line());
    assertEquals("", problem.operation());
  }

  @Test
  void a_problem_without_its_like_is_gone_or_new() {
    List<ProblemChange> changes =
        ProblemChange.between(
            Runs.problems(
                Runs.problem("n_plus_one", "warning", "GET /gone", "SELECT a"),
                Runs.problem("n_plus_one", "warning", "GET /still", "SELECT a")),
            Runs.problems(
                Runs.problem("n_plus_one", "info", "GET /still", "SELECT a"),
                Runs.problem("n_plus_one", "info", "GET /gone", "SELECT other"),
                Runs.problem("duplicate_query", "info", "GET /gone", "SELECT a")));
    assertEquals(4, changes.size());
    assertTrue(at("GET /gone", changes).gone());
    assertFalse(at("GET /still", changes).gone());
    assertEquals("info", at("GET /still", changes).tuned().severity());
    List<ProblemChange> fresh = changes.stream().filter(c -> c.naive() == null).toList();
    assertEquals(2, fresh.size());
    assertFalse(fresh.get(0).gone());
  }

  @Test
  void problems_are_alike_that_share_an_entry_point() {
    List<ProblemChange> changes =
        ProblemChange.between(
            Runs.problems(
                Runs.problem("n_plus_one", "warning", "GET /a, GET /b", "SELECT a"),
                Runs.problem("n_plus_one", "warning", "GET /c, GET /d", "SELECT a")),
            Runs.problems(Runs.problem("n_plus_one", "info", "GET /x, GET /b", "SELECT a")));
    assertEquals(2, changes.size());
    assertFalse(at("GET /a", changes).gone());
    assertTrue(at("GET /d", changes).gone());
  }

  @Test
  void one_problem_is_not_the_like_of_two() {
    List<ProblemChange> changes =
        ProblemChange.between(
            Runs.problems(
                Runs.problem("n_plus_one", "warning", "GET /o", "SELECT a"),
                Runs.problem("n_plus_one", "warning", "GET /o", "SELECT a")),
            Runs.problems(Runs.problem("n_plus_one", "warning", "GET /o", "SELECT a")));
    assertEquals(1, changes.stream().filter(ProblemChange::gone).count());
  }

  @Test
  void the_worst_come_first() {
    List<ProblemChange> changes =
        ProblemChange.between(
            Runs.problems(
                Runs.problem("n_plus_one", "info", "GET /a", "SELECT a"),
                Runs.problem("n_plus_one", "warning", "GET /b", "SELECT a"),
                Runs.slow("GET /c")),
            List.of());
    assertEquals(
        List.of("GET /c", "GET /b", "GET /a"),
        changes.stream().map(change -> change.naive().entryPoints().get(0)).toList());
  }

  @Test
  void only_what_was_seen_while_visitors_were_there_counts() {
    ArrayNode problems = JsonNodeFactory.instance.arrayNode();
    problems.add(Runs.problem("n_plus_one", "warning", "GET /o", "SELECT a"));
    long seen = Instant.parse(Runs.SEEN).toEpochMilli();
    assertEquals(1, ProblemChange.seen(problems, seen + 999).size(), "whole seconds are told");
    assertEquals(0, ProblemChange.seen(problems, seen + 1_000).size());
  }

  private static ProblemChange at(String entryPoint, List<ProblemChange> changes) {
    return changes.stream()
        .filter(c -> c.naive() != null && c.naive().entryPoints().contains(entryPoint))
        .findFirst()
        .orElseThrow();
  }
}
