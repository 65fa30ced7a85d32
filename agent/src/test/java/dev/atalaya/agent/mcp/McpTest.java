package dev.atalaya.agent.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol, message by message: with a handshake before it, and without. */
class McpTest {
  private static final String REVISION = "'io.modelcontextprotocol/protocolVersion':'2026-07-28'";
  private static final String META =
      "'_meta':{" + REVISION + ",'io.modelcontextprotocol/clientCapabilities':{}}";

  private final Map<String, Source> sources = new LinkedHashMap<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  {
    sources.put("problems", query -> List.of(Map.of("problem", "p1-1", "status", "firing")));
    sources.put("doctor", query -> Map.of("version", "1.2.3"));
  }

  // ---- With a handshake ------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "2025-11-25, 2025-11-25",
    "2025-06-18, 2025-06-18",
    "2024-11-05, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "2099-01-01, 2025-11-25",
  })
  void a_handshake_settles_on_a_revision_that_has_one(String asked, String agreed) {
    Value result = result("initialize", "'protocolVersion':'" + asked + "','capabilities':{}");

    assertEquals(agreed, result.text("protocolVersion"));
    assertEquals("atalaya", result.at("serverInfo").text("name"));
    assertEquals("1.2.3", result.at("serverInfo").text("version"));
    assertEquals(Map.of("tools", Map.of()), result.at("capabilities").json());
    assertTrue(result.text("instructions").contains("list_problems"));
  }

  @Test
  void after_a_handshake_the_header_names_the_revision_or_nothing_does() {
    for (String named : new String[] {"", "2025-11-25", "2025-06-18"}) {
      if (!named.isEmpty()) headers.put("MCP-Protocol-Version", named);
      assertEquals(3, result("tools/list", "").all("tools").size(), named);
      assertEquals("complete", result("ping", "").text("resultType"));
      Value called = result("tools/call", "'name':'get_problem','arguments':{'problem':'p1-1'}");
      assertEquals("p1-1", new Value(Json.parse(text(called))).text("problem"));
    }
  }

  @Test
  void what_is_not_there_is_an_error_that_http_has_no_word_for() {
    assertError(200, -32601, "server/discover", "");
    assertError(200, -32601, "resources/list", "");
    assertError(200, -32602, "tools/call", "'name':'nothing'");
    assertError(200, -32602, "tools/call", "");
    assertError(200, -32602, "tools/call", "'name':'doctor','arguments':[]");
    assertError(200, -32602, "tools/list", "'cursor':'5'");
  }

  @Test
  void a_source_that_fails_is_an_error_without_its_words() {
    sources.put(
        "problems",
        query -> {
          throw new IllegalStateException("secret");
        });
    Reply reply = request("tools/call", "'name':'list_problems'");
    assertTrue(reply.body.contains("-32603"), reply.body);
    assertFalse(reply.body.contains("secret"), reply.body);
  }

  // ---- Without ---------------------------------------------------------------------------------

  @Test
  void a_request_that_says_its_revision_needs_no_handshake() {
    modern("server/discover", null);
    Value discovered = result("server/discover", META);
    assertEquals("2026-07-28", discovered.all("supportedVersions").get(0).text());
    assertEquals("complete", discovered.text("resultType"));
    assertEquals("private", discovered.text("cacheScope"));
    assertTrue(discovered.number("ttlMs") > 0);
    Value self = discovered.at("_meta").at("io.modelcontextprotocol/serverInfo");
    assertEquals("1.2.3", self.text("version"));

    modern("tools/list", null);
    assertEquals(3, result("tools/list", META).all("tools").size());
    modern("tools/call", "get_problem");
    assertEquals(false, result("tools/call", call("get_problem")).at("isError").json());
    modern("tools/call", "=?base64?Z2V0X3Byb2JsZW0=?=");
    assertEquals(false, result("tools/call", call("get_problem")).at("isError").json());
  }

  @Test
  void headers_that_are_not_what_the_body_has_are_refused() {
    assertError(400, -32020, "tools/list", META);
    modern("tools/call", null);
    assertError(400, -32020, "tools/list", META);
    modern("tools/list", null);
    headers.put("MCP-Protocol-Version", "2025-11-25");
    assertError(400, -32020, "tools/list", META);
    for (String name : new String[] {null, "doctor", "=?base64?zz", "=?base64?%?=", "=?base64?="}) {
      modern("tools/call", name);
      assertError(400, -32020, "tools/call", call("get_problem"));
    }
  }

  @Test
  void a_revision_that_is_not_known_is_answered_by_those_that_are() {
    modern("tools/list", null);
    headers.put("MCP-Protocol-Version", "2099-01-01");
    Value error = assertError(400, -32022, "tools/list", META.replace("2026-07-28", "2099-01-01"));
    assertEquals("2099-01-01", error.at("data").text("requested"));
    assertEquals("2026-07-28", error.at("data").all("supported").get(0).text());
    assertEquals("2025-11-25", error.at("data").all("supported").get(1).text());
  }

  @Test
  void without_a_handshake_what_is_missing_is_told_by_the_status_too() {
    modern("resources/list", null);
    assertError(404, -32601, "resources/list", META);
    modern("ping", null);
    assertError(404, -32601, "ping", META);
    modern("tools/call", "nothing");
    assertError(400, -32602, "tools/call", call("nothing"));
    modern("tools/list", null);
    assertError(400, -32602, "tools/list", "");
    assertError(400, -32602, "tools/list", "'_meta':{" + REVISION + "}");
    assertError(400, -32602, "tools/list", META.replace("'2026-07-28'", "5"));
  }

  // ---- JSON-RPC --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "nonsense", "{'jsonrpc':'2.0','id':1,'method':'ping'}}", "{'id':01x}"})
  void what_is_no_json_is_a_parse_error(String body) {
    Value response = response(400, body);
    assertEquals(-32700, response.at("error").number("code"));
    assertEquals("2.0", response.text("jsonrpc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "5",
        "null",
        "[{'jsonrpc':'2.0','id':1,'method':'ping'}]",
        "{'jsonrpc':'1.0','id':1,'method':'ping'}",
        "{'id':1,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1}",
        "{'jsonrpc':'2.0','id':1,'method':5}",
        "{'jsonrpc':'2.0','id':null,'method':'ping'}",
        "{'jsonrpc':'2.0','id':{},'method':'ping'}",
        "{'jsonrpc':'2.0','id':1e999,'method':'ping'}",
        "{'jsonrpc':'2.0','id':1,'method':'ping','params':[]}",
        "{'jsonrpc':'2.0','id':1,'result':{}}",
        "{'jsonrpc':'2.0'}",
      })
  void what_is_no_request_is_an_invalid_one(String body) {
    assertEquals(-32600, response(400, body).at("error").number("code"));
  }

  @Test
  void an_answer_has_the_id_of_its_request() {
    for (String id : new String[] {"0", "-7", "123456789012", "9007199254740991", "1.5", "\"a\""}) {
      String body = answer("{'jsonrpc':'2.0','id':" + id + ",'method':'ping'}").body;
      assertTrue(body.contains("\"id\":" + id + ","), body);
    }
    assertEquals("7", response(200, "{'jsonrpc':'2.0','id':7,'method':'x'}").text("id"));
    assertEquals("7", response(400, "{'jsonrpc':'1.0','id':7,'method':'x'}").text("id"));
    String longest = "{'jsonrpc':'2.0','id':'" + "x".repeat(30_000) + "','method':'ping'}";
    assertTrue(answer(longest).body.length() < 1_000);
  }

  @Test
  void notifications_are_accepted_and_not_answered() {
    for (String method : new String[] {"notifications/initialized", "notifications/cancelled"}) {
      Reply reply = answer("{'jsonrpc':'2.0','method':'" + method + "'}");
      assertEquals(202, reply.status);
      assertEquals("", reply.body);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 2_026})
  void nonsense_gets_an_error_and_no_more(long seed) {
    Random random = new Random(seed);
    List<String> whole = new ArrayList<>();
    whole.add("{'jsonrpc':'2.0','id':1,'method':'tools/call','params':{" + call("doctor") + "}}");
    whole.add("{'jsonrpc':'2.0','id':1,'method':'initialize','params':{'protocolVersion':'x'}}");
    whole.add("{'jsonrpc':'2.0','id':'a','method':'tools/call','params':{'name':'list_problems',");
    whole.set(2, whole.get(2) + "'arguments':{'limit':3,'cursor':'1','status':'all'}}}");
    modern("tools/call", "doctor");
    String bytes = "{}[]\":,'\\0123456789eE+-.ntfu \u0000\u00e9\ud800";
    for (int i = 0; i < 4_000; i++) {
      if (i == 2_000) headers.clear();
      StringBuilder body = new StringBuilder(whole.get(random.nextInt(3)).replace('\'', '"'));
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(body.length());
        if (random.nextInt(3) == 0) body.delete(at, at + random.nextInt(body.length() - at));
        else body.setCharAt(at, bytes.charAt(random.nextInt(bytes.length())));
        if (body.length() == 0) body.append('{');
      }
      Reply reply = new Mcp(sources).answer(body.toString(), headers::get);
      if (reply.status == 202) continue;
      Value response = new Value(Json.parse(reply.body));
      assertEquals("2.0", response.text("jsonrpc"), body.toString());
      double code = response.at("error").number("code");
      assertTrue(response.at("error").isAbsent() || code < -32_000, body + ": " + reply.body);
      assertTrue(code != -32_603, body + ": " + reply.body);
    }
  }

  @Test
  void deep_nesting_is_no_harm() {
    String deep = "[".repeat(60_000);
    assertEquals(-32700, response(400, deep).at("error").number("code"));
    assertEquals(-32700, response(400, "{'a':".repeat(10_000)).at("error").number("code"));
  }

  @Test
  void the_list_of_tools_is_no_longer_than_any_answer() {
    for (String one : new String[] {"routes", "statements", "traces"}) {
      sources.put(one, query -> List.of());
    }
    Reply all = request("tools/list", "");
    assertTrue(all.body.getBytes(StandardCharsets.UTF_8).length <= 16 * 1024, all.body);
  }

  // ---- Fixtures --------------------------------------------------------------------------------

  private void modern(String method, String name) {
    headers.clear();
    headers.put("mcp-protocol-version", "2026-07-28");
    headers.put("mcp-method", method);
    if (name != null) headers.put("mcp-name", name);
  }

  private static String call(String tool) {
    return META + ",'name':'" + tool + "','arguments':{'problem':'p1-1'}";
  }

  private static String text(Value result) {
    return result.all("content").get(0).text("text");
  }

  private Value result(String method, String parameters) {
    Reply reply = request(method, parameters);
    assertEquals(200, reply.status, reply.body);
    Value response = new Value(Json.parse(reply.body));
    assertTrue(response.at("error").isAbsent(), reply.body);
    assertEquals("1", response.text("id"));
    return response.at("result");
  }

  private Value assertError(int status, int code, String method, String parameters) {
    Reply reply = request(method, parameters);
    assertEquals(status, reply.status, reply.body);
    Value error = new Value(Json.parse(reply.body)).at("error");
    assertEquals(code, error.number("code"), reply.body);
    assertFalse(error.text("message").isEmpty());
    return error;
  }

  private Value response(int status, String body) {
    Reply reply = answer(body);
    assertEquals(status, reply.status, body);
    return new Value(Json.parse(reply.body));
  }

  private Reply request(String method, String parameters) {
    String params = parameters.isEmpty() ? "" : ",'params':{" + parameters + "}";
    return answer("{'jsonrpc':'2.0','id':1,'method':'" + method + "'" + params + "}");
  }

  private Reply answer(String body) {
    return new Mcp(sources).answer(body.replace('\'', '"'), headers::get);
  }
}
