package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an application's agent answers at /api/findings. */
public final class Told {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Told() {}

  public static List<JsonNode> of(App app) {
    return list(app, "findings");
  }

  /** What is to be mended, the most time wasted first. */
  public static List<JsonNode> problems(App app) {
    return list(app, "problems");
  }

  private static List<JsonNode> list(App app, String what) {
    try {
      String url = "http://127.0.0.1:" + app.metricsPort() + "/api/" + what;
      List<JsonNode> findings = new ArrayList<>();
      JSON.readTree(Program.get(url).body()).forEach(findings::add);
      return findings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of an entry point. */
  public static List<JsonNode> of(App app, String entryPoint) {
    return of(app).stream()
        .filter(one -> one.get("entry_point").asText().equals(entryPoint))
        .toList();
  }

  /** The only finding of an entry point once the condition holds for it. */
  public static JsonNode await(App app, String entryPoint, Predicate<JsonNode> condition) {
    boolean there =
        Otlp.await(
            () -> {
              List<JsonNode> found = of(app, entryPoint);
              return found.size() == 1 && condition.test(found.get(0));
            });
    if (!there) {
      throw new AssertionError(entryPoint + " is not so among " + of(app) + app.agentLines());
    }
    return of(app, entryPoint).get(0);
  }

  /** The same of one kind: where a machine stands still for a moment, a query is slow besides. */
  public static JsonNode awaitKind(
      App app, String kind, String entryPoint, Predicate<JsonNode> condition) {
    boolean there = Otlp.await(() -> of(app, kind, entryPoint).stream().anyMatch(condition));
    if (!there) {
      throw new AssertionError(entryPoint + " is not so among " + of(app) + app.agentLines());
    }
    return of(app, kind, entryPoint).get(0);
  }

  private static List<JsonNode> of(App app, String kind, String entryPoint) {
    return of(app, entryPoint).stream()
        .filter(one -> one.get("kind").asText().equals(kind))
        .toList();
  }

  public static JsonNode await(App app, String entryPoint) {
    return await(app, entryPoint, any -> true);
  }

  /**
   * {@code N+1 GET /cart: SELECT products x11 (~11 distinct, 5 ms of 52 ms) after ... trace=..}.
   */
  public static void assertLogged(App shop, JsonNode finding) {
    assertTrue(isLogged(shop, finding), () -> finding + " is not in\n" + shop.agentLines());
  }

  /** Whether it is what its problem was told by. */
  public static boolean isLogged(App shop, JsonNode finding) {
    String problem = finding.get("problem").asText();
    String site = finding.get("call_site").isNull() ? "" : place(finding.get("call_site"));
    Pattern form =
        Pattern.compile(
            "\\[atalaya] \\S+ (INFO|WARN) [A-Z][\\w+ ]+ "
                + Pattern.quote(finding.get("entry_point").asText() + ":")
                + (finding.has("slow")
                    ? "( SELECT .+)? took \\d+(\\.\\d)? ms \\(threshold .+\\)"
                    : " [A-Z]+ \\S+ x\\d+ \\(~\\d+ distinct, .+ ms of .+ ms\\).*")
                + (finding.get("cause").isNull()
                    ? ""
                    : " after SELECT [\\w ]+ \\(\\d+ rows\\)( read at \\S+)?")
                + (site.isEmpty() ? "" : " at " + Pattern.quote(site))
                + " -> .+ \\["
                + problem
                + "] trace=[0-9a-f]{32}");
    return shop.errors().lines().anyMatch(line -> form.matcher(line).matches());
  }

  /** The latest trace: an event on its root, marks on its spans, and no call is missing. */
  public static void assertTraced(Otlp otlp, JsonNode finding) {
    String fingerprint = finding.get("fingerprint").asText();
    Trace trace = otlp.trace(finding.get("trace_ids").get(0).asText());
    Span root = trace.where(Span::isRoot).get(0);
    assertTrue((long) root.get("atalaya.findings.count") >= 1, trace::toString);
    Map<String, Object> event =
        root.events().stream()
            .filter(one -> one.name().equals("atalaya.finding"))
            .map(Span.Event::attributes)
            .filter(one -> fingerprint.equals(one.get("atalaya.finding.fingerprint")))
            .findAny()
            .orElseThrow(() -> new AssertionError(finding + " is no event of " + trace));
    assertEquals(finding.get("kind").asText(), event.get("atalaya.finding.kind"));
    // A plan's index comes later than the trace, and first in the suggestion.
    String suggestion = (String) event.get("atalaya.finding.suggestion");
    assertTrue(finding.get("suggestion").asText().endsWith(suggestion), suggestion);
    if (finding.get("operation").isNull()) return;
    JsonNode site = finding.get("call_site");
    assertEquals(site.get("function").asText(), event.get("code.function.name"));
    assertEquals(site.get("line").asLong(), event.get("code.line.number"));
    if (finding.has("slow")) return;
    long count = (long) event.get("atalaya.finding.count");
    List<JsonNode> operations = new ArrayList<>(List.of(finding.get("operation")));
    finding.get("children").forEach(operations::add);
    for (JsonNode operation : operations) {
      List<Span> spans = trace.where(span -> isOf(operation, span));
      boolean outermost = operation == operations.get(0);
      long expected = outermost ? count : operation.get("count_typical").asLong();
      assertEquals(expected, spans.stream().mapToLong(Told::calls).sum());
      assertTrue(spans.size() <= 25, () -> spans.size() + " of " + operation);
      assertTrue(expected <= 25 || spans.stream().anyMatch(span -> calls(span) > 1));
      for (Span span : spans) {
        assertEquals(fingerprint, span.get("atalaya.finding.fingerprint"), span::toString);
      }
    }
  }

  private static boolean isOf(JsonNode operation, Span span) {
    String text = operation.get("text").asText();
    String url = span.text("url.full");
    return url == null
        ? text.equals(span.text("db.query.text"))
        : text.equals("GET " + url.replaceAll("/\\d+\\b", "/{}").replaceAll("=[^&]*", ""));
  }

  private static long calls(Span span) {
    Object folded = span.get("atalaya.collapsed.count");
    return folded == null ? 1 : (long) folded;
  }

  /** {@code shop.CartService.cart(CartService.java:33)}. */
  public static String place(JsonNode site) {
    return site.get("function").asText()
        + "("
        + site.get("file").asText()
        + ":"
        + site.get("line").asText()
        + ")";
  }

  /** All in words, a line each, in the order of the alphabet. */
  public static String told(List<JsonNode> findings) {
    return findings.stream().map(Told::told).sorted().collect(Collectors.joining("\n"));
  }

  /**
   * {@code n_plus_one GET /cart: SELECT products x11 after cart_items (11 rows) at
   * shop.CartService.cart(CartService.java:33); } and each child.
   */
  public static String told(JsonNode finding) {
    String told = finding.get("kind").asText() + " " + finding.get("entry_point").asText();
    if (finding.get("operation").isNull()) return told;
    told += ": " + operation(finding.get("operation"));
    JsonNode cause = finding.get("cause");
    if (!cause.isNull()) {
      String table = cause.get("text").asText().replaceAll("(?is).*?\\bfrom \"?(\\w+).*", "$1");
      told += " after " + table + " (" + cause.get("rows_typical") + " rows)";
    }
    if (!finding.get("call_site").isNull()) told += " at " + place(finding.get("call_site"));
    for (JsonNode child : finding.get("children")) {
      told += "; " + operation(child) + " at " + place(child.get("call_site"));
    }
    return told;
  }

  private static String operation(JsonNode operation) {
    String what = operation.get("brief").asText();
    // A server of the test's own has another port each time.
    return what.replaceAll("localhost:\\d+", "localhost") + " x" + operation.get("count_max");
  }
}
