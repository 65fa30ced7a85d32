package dev.atalaya.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tools, on what sources answer. */
class ToolsTest {
  private static final String PROBLEM =
      "{'problem':'p1-1','kind':'n_plus_one','severity':'warning','status':'firing',"
          + "'confidence':0.95,'wasted_seconds':3.4,'occurrences':37,"
          + "'operation':{'brief':'SELECT a','text':'SELECT x FROM a','count_typical':20},"
          + "'call_site':{'function':'shop.A.b','file':'A.java','line':42},"
          + "'suggestion':'join','entry_points':[{'entry_point':'GET /b'},"
          + "{'entry_point':'GET /c'},{'entry_point':'GET /d'},{'entry_point':'GET /e'}]}";

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  @Test
  void there_is_a_tool_for_what_there_is_a_source_for() {
    assertEquals(List.of(), names());
    source("problems", "[]");
    source("doctor", "{}");
    source("findings", "[]");
    assertEquals(List.of("list_problems", "get_problem", "doctor"), names());
    source("routes", "[]");
    source("statements", "[]");
    source("traces", "[]");
    assertEquals(
        List.of("list_routes", "list_statements", "list_traces", "get_trace"),
        names().subList(3, 7));
    for (Object one : new Tools(sources).list()) {
      Value tool = new Value(one);
      assertTrue(tool.text("description").length() > 40, tool.text("name"));
      assertEquals("object", tool.at("inputSchema").text("type"));
      assertTrue(tool.at("annotations").is("readOnlyHint"));
      for (Value argument : values(tool.at("inputSchema").at("properties"))) {
        assertFalse(argument.text("description").isEmpty(), tool.text("name"));
      }
    }
  }

  @Test
  void a_problem_in_the_list_has_what_it_takes_to_choose_one() throws Exception {
    source("problems", "[" + PROBLEM + "]");
    Value listed = call("list_problems", "{}");
    Value one = listed.all("problems").get(0);

    assertEquals("p1-1", one.text("problem"));
    assertEquals("SELECT a", one.text("what"));
    assertEquals("A.java:42", one.text("line"));
    assertEquals(3.4, one.number("wasted_seconds"));
    assertEquals("20", one.text("count_typical"));
    assertEquals("and 1 more", one.all("entry_points").get(3).text());
    assertEquals("1", listed.text("total"));
    assertTrue(listed.at("next_cursor").isAbsent());
  }

  @Test
  void problems_are_chosen_by_status_severity_and_entry_point() throws Exception {
    String gone = PROBLEM.replace("p1-1", "p1-2").replace("firing", "resolved");
    String critical = PROBLEM.replace("p1-1", "p1-3").replace("warning", "critical");
    source("problems", "[" + PROBLEM + "," + gone + "," + critical.replace("/d", "/Orders") + "]");

    assertEquals(List.of("p1-1", "p1-3"), ids("{}"));
    assertEquals(List.of("p1-2"), ids("{'status':'resolved'}"));
    assertEquals(List.of("p1-1", "p1-2", "p1-3"), ids("{'status':'all'}"));
    assertEquals(List.of("p1-3"), ids("{'severity':'critical'}"));
    assertEquals(List.of("p1-3"), ids("{'entry_point':'get /orders'}"));
    assertEquals(List.of(), ids("{'entry_point':'/nothing'}"));
  }

  @Test
  void one_problem_is_given_whole() throws Exception {
    source("problems", "[" + PROBLEM + "]");
    Object whole = Json.parse(PROBLEM.replace('\'', '"'));
    assertEquals(Json.write(whole), Json.write(call("get_problem", "{'problem':'p1-1'}").json()));
    assertTrue(wrong("get_problem", "{'problem':'p1-9'}").contains("no such problem"));
  }

  @Test
  void arguments_that_do_not_fit_are_told_so_that_the_next_call_does_better() throws Exception {
    source("problems", "[]");
    source("traces", "[]");
    assertEquals("The argument problem is missing.", wrong("get_problem", "{}"));
    assertTrue(
        wrong("list_problems", "{'route':'x'}")
            .contains("there are [status, severity, entry_point, limit, cursor]"));
    assertTrue(wrong("list_problems", "{'status':'open'}").contains("[firing, resolved, all]"));
    String range = "limit is a whole number from 1 to 100.";
    for (String limit : List.of("0", "101", "1.5", "'many'", "1e30", "[]")) {
      assertEquals(range, wrong("list_problems", "{'limit':" + limit + "}"));
    }
    assertTrue(wrong("list_problems", "{'cursor':'-1'}").startsWith("cursor is a whole number"));
    assertTrue(wrong("list_traces", "{'error':'yes'}").startsWith("error is true or false"));
    assertFalse(call("list_problems", "{'limit':'5'}").isAbsent(), "a number as a text will do");
  }

  @Test
  void pages_are_small_and_have_everything_once() throws Exception {
    List<String> problems = new ArrayList<>();
    String longText = "\\u00e9\\n".repeat(900);
    for (int i = 0; i < 230; i++) {
      String one = PROBLEM.replace("p1-1", "p1-" + i);
      problems.add(i % 7 == 0 ? one.replace("'join'", "'" + longText + "'") : one);
    }
    source("problems", problems.toString());
    List<String> seen = new ArrayList<>();
    String cursor = "0";
    for (int pages = 0; !cursor.isEmpty(); pages++) {
      assertTrue(pages < 200);
      Value page = call("list_problems", "{'limit':100,'cursor':'" + cursor + "'}");
      assertEquals("230", page.text("total"));
      page.all("problems").forEach(one -> seen.add(one.text("problem")));
      cursor = page.text("next_cursor");
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 230; i++) all.add("p1-" + i);
    assertEquals(all, seen);
    assertEquals(20, ids("{}").size());
    assertEquals(List.of(), ids("{'cursor':230}"));
    assertEquals(List.of(), ids("{'cursor':5000}"));
  }

  @Test
  void whatever_a_source_gives_an_answer_is_bounded() throws Exception {
    String text = "x\\\"\\n\\u2028".repeat(1_000);
    String map = "{'a':'" + text + "','b':" + Collections.nCopies(300, "'" + text + "'") + "}";
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; i < 5_000; i++) keys.append("'k").append(i).append("':{'v':[1,2,3]},");
    String wide = keys + "'problem':'p1-1'}";
    for (String value : List.of(map, wide, "[" + map + "]", "'" + text + "'")) {
      source("doctor", value);
      source("routes", "[" + value + "," + value + "]");
      source("statements", "{'since':" + value + ",'statements':[" + value + "]}");
      source("problems", "[{'problem':'p1-1','status':'firing','operation':" + value + "}]");
      call("doctor", "{}");
      assertEquals("2", call("list_routes", "{}").text("total"));
      call("list_statements", "{}");
      call("get_problem", "{'problem':'p1-1'}");
      call("list_problems", "{}");
    }
  }

  @Test
  void what_is_shortened_says_so_and_keeps_what_it_can() throws Exception {
    source("doctor", "{'version':'1','long':'" + "y".repeat(20_000) + "'}");
    Value report = call("doctor", "{}");
    assertEquals("1", report.text("version"));
    assertTrue(report.text("long").endsWith("yyy... (16000 characters more)"));
  }

  @Test
  void routes_and_statements_have_what_holds_of_all_of_them_beside_the_list() throws Exception {
    source("routes", "{'since':'10:00','routes':[{'route':'GET /a'},{'route':'GET /b'}]}");
    Value answer = call("list_routes", "{'contains':'get /B'}");
    assertEquals("10:00", answer.text("since"));
    assertEquals("GET /b", answer.all("routes").get(0).text("route"));
    assertEquals("1", answer.text("total"));
  }

  @Test
  void traces_are_asked_for_as_the_api_has_them() throws Exception {
    source("traces", "[{'trace_id':'4bf9'}]");
    Value answer =
        call("list_traces", "{'route':'GET /a','min_ms':200,'error':true,'problem':'p1-1'}");
    assertEquals("4bf9", answer.all("traces").get(0).text("trace_id"));
    assertEquals(List.of("/?route=GET+%2Fa&problem=p1-1&min_ms=200&error=true&limit=500"), asked);
  }

  @Test
  void a_trace_is_rows_in_the_order_in_which_they_began() throws Exception {
    String spans =
        "{'spanId':'b','parentSpanId':'a','name':'SELECT x','startTimeUnixNano':'2005000000',"
            + "'endTimeUnixNano':'2006500000','attributes':["
            + "{'key':'db.query.text','value':{'stringValue':'SELECT 1'}},"
            + "{'key':'db.rows','value':{'intValue':'20'}}]},"
            + "{'spanId':'a','parentSpanId':'f','name':'GET /a','startTimeUnixNano':'2000000000',"
            + "'endTimeUnixNano':'2010000000','status':{'code':2,'message':'500'},"
            + "'events':[{'name':'atalaya.finding','attributes':["
            + "{'key':'atalaya.finding.kind','value':{'stringValue':'n_plus_one'}}]}]},"
            + "{'spanId':'c','parentSpanId':'c','name':'own parent'}";
    source("traces", "{'resourceSpans':[{'scopeSpans':[{'spans':[" + spans + "]}]}]}");
    Value answer = call("get_trace", "{'trace_id':'4bf9'}");

    assertEquals(List.of("4bf9/?"), asked);
    List<Value> rows = answer.all("spans");
    assertEquals(List.of("own parent", "GET /a", "SELECT x"), texts(rows, "name"));
    assertEquals(0, rows.get(1).number("depth"));
    assertEquals("500", rows.get(1).text("error"));
    assertEquals("n_plus_one", rows.get(1).all("events").get(0).text("atalaya.finding.kind"));
    assertEquals(1, rows.get(2).number("depth"));
    assertEquals(1.5, rows.get(2).number("duration_ms"));
    assertEquals(5, rows.get(2).number("start_ms") - rows.get(1).number("start_ms"));
    assertEquals("SELECT 1", rows.get(2).at("attributes").text("db.query.text"));
    assertEquals("20", rows.get(2).at("attributes").text("db.rows"));
  }

  @Test
  void a_trace_that_is_not_kept_is_told() throws Exception {
    sources.put("traces", query -> null);
    assertTrue(wrong("get_trace", "{'trace_id':'00'}").contains("list_traces"));
    assertEquals("0", call("list_traces", "{}").text("total"));
  }

  // ---- Fixtures --------------------------------------------------------------------------------

  private void source(String name, String json) {
    Object value = Json.parse(json.replace('\'', '"'));
    sources.put(
        name,
        query -> {
          if (query != Query.ALL) asked.add(query.id() + "/" + query.with("none", ""));
          return value;
        });
  }

  private List<String> names() {
    List<Value> all = new Value(new Tools(sources).list()).all();
    return texts(all, "name");
  }

  private List<String> ids(String arguments) throws RpcError {
    return texts(call("list_problems", arguments).all("problems"), "problem");
  }

  private static List<String> texts(List<Value> values, String key) {
    List<String> texts = new ArrayList<>();
    for (Value one : values) texts.add(one.text(key));
    return texts;
  }

  private static List<Value> values(Value map) {
    return new Value(new ArrayList<>(((Map<?, ?>) map.json()).values())).all();
  }

  private Value call(String tool, String arguments) throws RpcError {
    return new Value(Json.parse(answer(tool, arguments, false)));
  }

  private String wrong(String tool, String arguments) throws RpcError {
    return answer(tool, arguments, true);
  }

  private String answer(String tool, String arguments, boolean isWrong) throws RpcError {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("name", tool);
    parameters.put("arguments", Json.parse(arguments.replace('\'', '"')));
    Object result = new Tools(sources).call(parameters);
    int bytes = Json.write(result).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= 15 * 1024 + 200, bytes + " bytes");
    assertEquals(isWrong, new Value(result).is("isError"), Json.write(result));
    return new Value(result).all("content").get(0).text("text");
  }
}
