package dev.atalaya.agent.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaterfallTest {
  private static final long BEGAN = 1_769_853_600_000_000_000L;
  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  private final List<String> spans = new ArrayList<>();
  private final List<Object> listed = new ArrayList<>();

  @Test
  void repeats_are_one_row_with_a_bar_for_each() {
    span("a", "", "GET /orders", SERVER, 0, 100, "");
    query("b", "SELECT orders", 0, 10, "'db.response.returned_rows':20");
    for (int i = 0; i < 4; i++) {
      query("c" + i, "SELECT items", 10 + 20 * i, 30 + 20 * i, "'db.response.returned_rows':3");
    }
    String page = waterfall();

    assertEquals(4, rows(page), "the last is a gap");
    assertTrue(
        page.contains(
            "<td class=\"d0\">GET /orders</td><td class=\"n\" data-label=\"Took\">100 ms<"),
        page);
    assertTrue(page.contains("<td class=\"d1\">SELECT items <b>\u00d74</b>"), page);
    assertTrue(page.contains(">80.0 ms</td><td class=\"n\" data-label=\"Rows\">12</td>"), page);
    assertTrue(page.contains("class=\"db\" x=\"100.0\" width=\"200.0\""), page);
    assertTrue(page.contains("class=\"db\" x=\"700.0\" width=\"200.0\""), page);
    assertTrue(page.contains("<small>text of SELECT items</small>"), page);
  }

  @Test
  void a_span_that_stands_for_many_counts_for_as_many() {
    span("a", "", "GET /orders", SERVER, 0, 100, "");
    query("b", "SELECT items", 0, 1, "'db.response.returned_rows':3");
    query(
        "c",
        "SELECT items",
        1,
        80,
        "'atalaya.collapsed.count':998,'atalaya.collapsed.sum_ms':500.0");
    query("d", "SELECT items", 80, 90, "");
    String page = waterfall();

    assertTrue(page.contains("<b>\u00d71,000</b>"), page);
    String rows = "<td class=\"n\" data-label=\"Rows\">\u2265 3</td>";
    assertTrue(page.contains(">511 ms</td>" + rows), "not all of them are known");
  }

  @Test
  void what_no_span_covers_is_the_applications_own_code() {
    span("a", "", "GET /orders", SERVER, 0, 100, "");
    query("b", "SELECT a", 10, 20, "");
    query("c", "SELECT b", 60, 98, "");
    String page = waterfall();

    String gap =
        "<tr class=\"gap\"><td class=\"d1\">application code</td><td class=\"n\""
            + " data-label=\"Took\">";
    assertTrue(page.contains(gap + "10.0 ms"), page);
    assertTrue(page.contains(gap + "40.0 ms"), page);
    assertTrue(page.indexOf("SELECT a") < page.indexOf("40.0 ms"), "in the order of time");
    assertTrue(page.indexOf("40.0 ms") < page.indexOf("SELECT b"), "in the order of time");
    assertEquals(5, rows(page), "2 ms of 100 are not worth a row");
  }

  @Test
  void a_call_of_another_service_has_no_gaps_as_the_network_is_no_code() {
    span("a", "", "GET", CLIENT, 0, 100, "");
    span("b", "a", "GET /stock", SERVER, 40, 60, "");
    assertFalse(waterfall().contains("application code"));
  }

  @Test
  void time_between_repeats_is_said_with_them() {
    span("a", "", "GET /orders", SERVER, 0, 100, "");
    for (int i = 0; i < 10; i++) query("b" + i, "SELECT a", 10 * i, 10 * i + 7, "");
    String page = waterfall();

    assertEquals(2, rows(page), page);
    assertTrue(page.contains("<small>between them application code, 27.0 ms</small>"), page);
  }

  @Test
  void a_finding_marks_its_spans_with_its_problem_and_its_line() {
    String event =
        "{'name':'atalaya.finding','attributes':["
            + attributes(
                "'atalaya.finding.kind':'n_plus_one','atalaya.finding.fingerprint':'n1-v2-1',"
                    + "'atalaya.finding.problem':'p1-7','db.query.text':'text of SELECT items',"
                    + "'code.file.path':'Orders.java','code.line.number':42")
            + "]}";
    span("a", "", "GET /orders", SERVER, 0, 100, "", event);
    for (int i = 0; i < 3; i++) {
      query("b" + i, "SELECT items", i, i + 1, "'atalaya.finding.fingerprint':'n1-v2-1'");
      query("c" + i, "SELECT more", i, i + 1, "'atalaya.finding.fingerprint':'n1-v2-1'");
    }
    String page = waterfall();

    String tag = "<a class=\"tag warning\" href=\"/problems/p1-7\">N+1</a>";
    assertTrue(
        page.contains("SELECT items <b>\u00d73</b> " + tag + " <code>Orders.java:42<"), page);
    assertTrue(page.contains("SELECT more <b>\u00d73</b> " + tag + "<small>"), page);
  }

  @Test
  void errors_are_told_and_texts_of_the_application_escaped() {
    span("a", "", "GET /<b>", SERVER, 0, 100, "'error.type':'a.B$C'");
    spans.set(0, spans.get(0).replace("'attributes'", "'status':{'code':2},'attributes'"));
    String page = waterfall();

    assertTrue(page.contains("GET /&lt;b&gt; <span class=\"tag critical\">a.B$C</span>"), page);
    assertTrue(page.contains("<rect class=\"error\" x=\"0.0\" width=\"1000.0\""), page);
    assertFalse(page.contains("<b>"), page);
  }

  @Test
  void a_part_whose_parent_is_elsewhere_begins_a_tree_of_its_own() {
    span("b", "elsewhere", "GET /b", SERVER, 50, 100, "");
    span("a", "", "GET /a", SERVER, 0, 200, "");
    String page = waterfall();

    assertTrue(page.indexOf("GET /a") < page.indexOf("GET /b"), page);
    assertTrue(page.contains("<td class=\"d0\">GET /b"), page);
  }

  @Test
  void the_page_of_a_trace_has_its_figures_its_file_and_what_is_missing() {
    span("a", "", "GET /orders", SERVER, 0, 100, "");
    list(
        "{'trace_id':'0af7','entry_point':'GET /orders','duration_ms':100.0,'spans':1000,"
            + "'spans_left_out':4,'statements':2,'status':200,'error':null,'problems':[]}");
    String page = page("traces", "0af7");

    assertTrue(page.contains("<h1>GET /orders</h1>"), page);
    assertTrue(page.contains("<dt>spans</dt><dd>1,000</dd>"), page);
    assertTrue(page.contains("4 spans are not shown"), page);
    assertTrue(page.contains("download=\"trace-0af7.json\" href=\"/api/traces/0af7\""), page);
    assertNull(of("traces", "other"));
  }

  @Test
  void the_page_of_a_large_trace_stays_small() {
    span("a", "", "GET /orders", SERVER, 0, 2_000, "");
    for (int i = 0; i < 1_000; i++) query("b" + i, "SELECT t" + i, i, i + 1, "");
    String page = page("traces", "0af7");

    assertTrue(page.length() < 150 * 1024, "characters: " + page.length());
    assertTrue(page.contains("and 802 rows more"), "1,000 statements, their root, and one gap");
  }

  @Test
  void the_list_links_each_trace_and_its_problems_and_stays_small() {
    for (int i = 0; i < 500; i++) {
      list(
          "{'trace_id':'"
              + "0af7651916cd43dd8448eb211c80"
              + (1_000 + i)
              + "','status':500,"
              + "'entry_point':'GET /orders/{id}/items','duration_ms':1.5,'spans':3,'statements':2,"
              + "'error':'java.lang.IllegalStateException','time':'2026-01-31T10:00:00Z',"
              + "'problems':['p1-43525758fc6d768a']}");
    }
    String page = page("traces", "");

    assertTrue(page.length() < 150 * 1024, "characters: " + page.length());
    String first = "<a href=\"/traces/0af7651916cd43dd8448eb211c801000\">GET /orders/{id}/items<";
    assertTrue(page.contains(first), page);
    assertTrue(page.contains("href=\"/problems/p1-43525758fc6d768a\">problem<"), page);
    assertTrue(page.contains("since somebody looks"), page);
  }

  private void query(String id, String name, double from, double to, String more) {
    String text = "'db.system.name':'h2','db.query.text':'text of " + name + "'";
    span(id, "a", name, CLIENT, from, to, more.isEmpty() ? text : text + "," + more);
  }

  private void span(
      String id,
      String parent,
      String name,
      int kind,
      double from,
      double to,
      String attributes,
      String... events) {
    spans.add(
        "{'spanId':'"
            + id
            + "','parentSpanId':'"
            + parent
            + "','name':'"
            + name
            + "','kind':"
            + kind
            + ",'startTimeUnixNano':'"
            + (BEGAN + Math.round(from * 1e6))
            + "','endTimeUnixNano':'"
            + (BEGAN + Math.round(to * 1e6))
            + "','attributes':["
            + attributes(attributes)
            + "],'events':["
            + String.join(",", events)
            + "]}");
  }

  /** Of {@code 'key':value} those that OTLP has. */
  private static String attributes(String pairs) {
    List<String> all = new ArrayList<>();
    Map<?, ?> read = (Map<?, ?>) Json.parse(("{" + pairs + "}").replace('\'', '"'));
    read.forEach(
        (key, value) -> {
          String type = value instanceof String ? "stringValue" : "intValue";
          all.add("{'key':'" + key + "','value':{'" + type + "':'" + Json.text(value) + "'}}");
        });
    return String.join(",", all);
  }

  private void list(String trace) {
    listed.add(Json.parse(trace.replace('\'', '"')));
  }

  private Object otlp() {
    String all = "{'resourceSpans':[{'scopeSpans':[{'spans':[" + String.join(",", spans) + "]}]}]}";
    return Json.parse(all.replace('\'', '"'));
  }

  private String waterfall() {
    Html html = new Html();
    new Waterfall(new Value(otlp())).show(100, html);
    return html.toString();
  }

  private static int rows(String page) {
    return page.split("<tr").length - 2; // but for the head
  }

  private String page(String name, String id) {
    String page = of(name, id);
    assertNotNull(page);
    return page;
  }

  private String of(String name, String id) {
    Map<String, Source> sources = new HashMap<>();
    sources.put(
        "traces",
        asked -> asked.id().isEmpty() ? listed : asked.id().equals("0af7") ? otlp() : null);
    String since = "{'kept_traces':{'latest_since':'2026-01-31T10:00:00Z'}}";
    sources.put("doctor", asked -> Json.parse(since.replace('\'', '"')));
    return new Pages(sources).page(name, Query.of(id, ""));
  }
}
