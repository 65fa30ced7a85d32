package dev.atalaya.agent.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagesTest extends Shown {
  private static final String ONE =
      ("{'problem':'p1-1','severity':'warning','kind':'n_plus_one','status':'firing',"
              + "'wasted_seconds':3.367,'occurrences':38,'confidence':0.95,"
              + "'first_seen':'2026-01-31T10:00:00Z','last_seen':'2026-01-31T12:00:00Z',"
              + "'operation':{'brief':'SELECT a&b','count_typical':20,'summary':'SELECT a',"
              + "'text':'SELECT x, y FROM a','total_ms_p95':96.2,'wasted_ms_p95':91.0},"
              + "'cause':{'text':'SELECT * FROM c','rows_typical':20},"
              + "'call_site':{'function':'shop.A.b','file':'A.java','line':42,'stack':["
              + "{'function':'shop.A.b','file':'A.java','line':42}]},"
              + "'children':[{'brief':'SELECT d','count_typical':60,"
              + "'call_site':{'function':'shop.A.b','line':44}}],'suggestion':'<join>',"
              + "'entry_points':[{'entry_point':'GET /<b>','occurrences':37,"
              + "'trace_ids':['4bf92f3577b34da6']},{'entry_point':'GET /c','occurrences':1}],"
              + "'trace_url':'javascript:alert(1)'}")
          .replace('\'', '"');

  @Test
  void the_list_has_a_row_a_problem_that_leads_to_it() {
    problems(ONE);
    String page = page("", "");

    assertTrue(page.contains("<a href=\"/problems/p1-1\">SELECT a&amp;b \u00d720</a>"), page);
    assertTrue(page.contains("data-label=\"Wasted\">3.4 s</td>"), page);
    assertTrue(page.contains("<code>A.java:42</code>"), page);
    assertTrue(page.contains("GET /&lt;b&gt;<small>and 1 more</small>"), page);
    assertTrue(page.contains("tag warning\">warning<"), page);
    assertTrue(page.contains(">N+1<"), page);
    assertFalse(page.contains("<b>"), page);
  }

  @Test
  void a_problem_says_what_to_change_its_line_its_cause_and_its_places() {
    problems(ONE);
    String kept = "[{'trace_id':'4bf92f3577b34da6','entry_point':'GET /<b>'}]";
    given.put("traces", Json.parse(kept.replace('\'', '"')));
    String page = page("problems/p1-1", "");

    assertTrue(page.contains("<p>&lt;join&gt;</p>"), page);
    assertTrue(page.contains("<li><code>A.java:42</code> <small>shop.A.b</small>"), page);
    assertTrue(page.contains("<pre tabindex=\"0\">SELECT x, y FROM a</pre>"), page);
    assertTrue(
        page.contains("from a read of 20 rows:</p><pre tabindex=\"0\">SELECT * FROM c<"), page);
    assertTrue(page.contains("<code>SELECT d \u00d760</code> <small>shop.A.b:44</small>"), page);
    assertTrue(page.contains("<dt>in an hour</dt><dd>1.7 s</dd>"), page);
    assertTrue(page.contains("data-label=\"Share\">97 %</td>"), page);
    assertTrue(page.contains("<a href=\"/traces/4bf92f3577b34da6\">4bf92f35</a>"), page);
    assertTrue(page.contains("atalaya.ignore.fingerprints=p1-1"), page);
    assertFalse(page.contains("javascript"), "links nothing but http");
    assertNull(of("problems/p1-2", ""));
  }

  @Test
  void a_shared_lines_callers_stand_with_their_shares() {
    String find = "{'function':'shop.Dao.find','file':'Dao.java','line':9}";
    problems(
        ("{'problem':'p1-1','call_site':" + find + ",'call_sites':[{'share':0.667,'stack':[")
            + (find + ",{'function':'shop.A.list','file':'A.java','line':1}]},")
            + ("{'share':0.333,'stack':[" + find)
            + ",{'function':'shop.B.all','file':'B.java','line':2}]}]}");
    String page = page("problems/p1-1", "");

    assertTrue(page.contains("<p>67 % from <code>shop.A.list:1</code></p>"), page);
    assertTrue(page.contains("<p>33 % from <code>shop.B.all:2</code></p>"), page);
  }

  @Test
  void what_is_resolved_stands_below_what_is_not() {
    problems(
        ONE.replace("firing", "resolved").replace("SELECT a&b", "SELECT old"),
        ONE.replace("SELECT a&b", "SELECT new"));
    String page = page("", "");

    assertTrue(page.indexOf("SELECT new") < page.indexOf("<h2>Resolved</h2>"), page);
    assertTrue(page.indexOf("SELECT old") > page.indexOf("<h2>Resolved</h2>"), page);
  }

  @Test
  void problems_are_chosen_by_what_the_form_says() {
    problems(ONE, ONE.replace("SELECT a&b", "GET user:{}").replace("warning", "critical"));

    assertFalse(page("", "severity=critical").contains("SELECT a&amp;b"));
    assertTrue(page("", "severity=critical").contains("GET user:{}"));
    assertTrue(page("", "severity=critical").contains("<option value=\"critical\" selected>"));
    assertFalse(page("", "q=USER").contains("SELECT a&amp;b"));
    assertTrue(page("", "q=no-such").contains("None fits."));
    assertTrue(page("", "q=%3Cscript%3E").contains("value=\"&lt;script&gt;\""));
    assertTrue(page("", "group=class").contains("<h2 class=\"group\">shop.A</h2>"));
    assertTrue(page("", "group=table").contains("<h2 class=\"group\">a</h2>"));
    assertTrue(page("", "group=entry").contains("<h2 class=\"group\">GET /&lt;b&gt;</h2>"));
  }

  @Test
  void a_thousand_problems_are_shown_by_pages() {
    String[] many = new String[1_000];
    for (int i = 0; i < many.length; i++) many[i] = ONE.replace("a&b", "t" + i + "_");
    problems(many);
    String first = page("", "");

    assertTrue(first.length() < 150 * 1024, "characters: " + first.length());
    assertTrue(first.contains("1 to 40 of 1,000"), first);
    assertTrue(first.contains("SELECT t39_") && !first.contains("SELECT t40_"), first);
    assertTrue(page("", "from=40&q=t").contains("SELECT t40_"));
    assertTrue(page("", "from=40&q=t").contains("href=\"/?from=80&amp;q=t\">Next<"));
  }

  @Test
  void no_problem_where_nothing_was_seen_is_not_told_as_none() {
    problems();
    given.put("doctor", Json.parse("{\"seen\":{\"requests\":0,\"summary\":\"0 requests seen\"}}"));
    assertTrue(page("", "").contains("0 requests seen"));
    assertFalse(page("", "").contains("None so far."));

    given.put("doctor", Json.parse("{\"seen\":{\"requests\":3}}"));
    assertTrue(page("", "").contains("None so far."));
  }

  @Test
  void a_request_that_was_slow_has_no_statement() {
    problems(
        "{'problem':'p1-1','severity':'critical','kind':'slow_request','operation':null,"
            + "'cause':null,'slow':{'duration_ms':2500.0,'threshold_ms':2000},"
            + "'entry_points':[{'entry_point':'GET /','occurrences':1}]}");
    assertTrue(page("", "").contains("<a href=\"/problems/p1-1\">GET /</a>"));
    String page = page("problems/p1-1", "");
    assertTrue(page.contains("<dt>took</dt><dd>2.5 s</dd>"), page);
    assertFalse(page.contains("<h2>Statement</h2>"), page);
  }

  @Test
  void the_doctor_says_what_is_seen_and_what_is_not() {
    assertNull(of("doctor", ""), "without a report there is no page");
    given.put(
        "doctor",
        Json.parse(
            ("{'version':'1.2','jvm':{'version':'17.0.15','vendor':'Acme'},'enabled':true,"
                    + "'start_ms':840,'seen':{'requests':1234,'statements':5,"
                    + "'not_instrumented':['Cassandra <driver>'],'no_request_of':[],"
                    + "'summary':'1,234 requests seen'},"
                    + "'instrumented':[{'instrumentation':'jdbc','library':'h2-2.5.jar',"
                    + "'version':'2.5','classes':7}],"
                    + "'version_not_supported':[{'library':'jedis-2.1.jar','version':'2.1',"
                    + "'tested':'3.0 to 7.2','class':'redis.Jedis'}],"
                    + "'skipped':{'lettuce':'switched off by its option'},'errors':{'jdbc':3,'timer':0},"
                    + "'agent_errors':{},'breaker':{'stage':1,'agent':'finds no lines',"
                    + "'reason':'heap','shares':{'heap':'91%'}},"
                    + "'exporters':{'traces':'otlp: no answer','metrics':'http://x/metrics'},"
                    + "'dropped_spans':{'queue_full':9},'refused_findings':0}")
                .replace('\'', '"')));
    String page = page("doctor", "");

    assertTrue(page.contains("<dt>requests</dt><dd>1,234</dd>"), page);
    assertTrue(page.contains("<dt>start</dt><dd>840 ms</dd>"), page);
    assertTrue(page.contains("<li>Cassandra &lt;driver&gt;</li>"), page);
    assertFalse(page.contains("no request was seen"), "what is not so is not told");
    assertTrue(page.contains("<td>h2-2.5.jar</td><td>2.5</td><td>jdbc</td>"), page);
    assertTrue(page.contains("data-label=\"Classes\">7</td>"), page);
    assertTrue(page.contains(">3.0 to 7.2</td><td><code>redis.Jedis</code>"), page);
    assertTrue(page.contains("<td>lettuce</td><td>switched off by its option</td>"), page);
    assertTrue(page.contains("<td>jdbc</td><td>3</td>"), page);
    assertFalse(page.contains("timer"), "what counts nothing is not told");
    assertFalse(page.contains("Errors of the agent"), page);
    assertTrue(page.contains("The agent finds no lines"), page);
    assertTrue(page.contains("<td>heap</td><td>91%</td>"), page);
    assertTrue(page.contains("<td>traces</td><td>otlp: no answer</td>"), page);
    assertTrue(page.contains("<td>queue full</td><td>9</td>"), page);
  }

  @Test
  void settings_are_a_form_where_there_is_a_token() {
    settings(true, "", "'atalaya.x=5'");
    String page = page("settings", "atalaya.slow=9s");

    assertTrue(page.contains("<form class=\"edit\" method=\"post\" action=\"/settings\">"), page);
    assertTrue(
        page.contains("<label class=\"key\" for=\"atalaya.slow\">atalaya.slow</label>"), page);
    String input = "<input id=\"atalaya.slow\" name=\"atalaya.slow\" value=\"5&lt;\"";
    assertTrue(page.contains(input), "no URL fills in the form: " + page);
    assertTrue(page.contains("<select id=\"atalaya.on\" name=\"atalaya.on\">"), page);
    assertTrue(page.contains("<option>true</option><option selected>false</option>"), page);
    assertFalse(page.contains("name=\"atalaya.fixed\""), page);
    assertTrue(page.contains("<code>7</code><small>set at the start"), page);
    assertTrue(page.contains("<pre tabindex=\"0\">atalaya.x=5</pre>"), page);
    assertFalse(page.contains("role=\"alert\""), page);
  }

  @Test
  void settings_that_were_refused_are_still_there_with_the_reason() {
    settings(true, "");
    Query refused = Query.of(Map.of("atalaya.slow", "soon")).noted("expects <a> duration");
    String page = new Pages(sources()).page("settings", refused);

    assertTrue(page.contains("Nothing was changed: expects &lt;a&gt; duration"), page);
    assertTrue(page.contains("name=\"atalaya.slow\" value=\"soon\""), page);
  }

  @Test
  void without_a_token_settings_say_how_to_set_one() {
    settings(false, "");
    String page = page("settings", "");
    assertFalse(page.contains("<form"), page);
    assertFalse(page.contains("<input"), page);
    assertTrue(page.contains("-Datalaya.console.token="), page);
    assertTrue(page.contains("<code>5&lt;</code>"), page);
  }

  @Test
  void a_problem_is_ignored_by_a_button_and_told_again_by_another() {
    problems(ONE);
    settings(false, "");
    assertFalse(page("problems/p1-1", "").contains("<button>Ignore"));
    settings(true, "p1-7, p1-9");
    String page = page("problems/p1-1", "");
    assertTrue(page.contains("<form method=\"post\" action=\"/ignore\">"), page);
    assertTrue(page.contains("name=\"problem\" value=\"p1-1\""), page);
    assertTrue(page.contains("atalaya.ignore.fingerprints=p1-7, p1-9,p1-1<"), page);
    assertFalse(page.contains("name=\"ignored\""), page);

    settings(true, "p1-7, p1-1");
    String ignored = page("problems/p1-1", "");
    assertTrue(ignored.contains("<h2>Ignored</h2>"), ignored);
    assertTrue(ignored.contains("name=\"ignored\" value=\"no\""), ignored);
    assertTrue(ignored.contains("<button>Tell of it again</button>"), ignored);
  }

  private void settings(boolean changeable, String ignored, String... lines) {
    given.put(
        "settings",
        Json.parse(
            (("{'changeable':" + changeable + ",'lines':[" + String.join(",", lines) + "],")
                    + "'settings':["
                    + "{'key':'atalaya.slow','value':'5<','default':'500ms','what':'Slow.'},"
                    + "{'key':'atalaya.on','value':'false','default':'true','what':'On.'},"
                    + "{'key':'atalaya.fixed','value':'7','default':'1','fixed':true},"
                    + ("{'key':'atalaya.ignore.fingerprints','value':'" + ignored + "'}]}"))
                .replace('\'', '"')));
  }

  @Test
  void a_slow_requests_page_has_its_samples_as_a_picture() {
    problems(
        "{'problem':'p1-1','kind':'slow_request','operation':null,"
            + "'entry_points':[{'entry_point':'GET /<b>'}]}");
    given.put(
        "profile",
        Json.parse(
            ("[{'entry_point':'GET /other','samples':9,'stacks':[{'stack':'no','samples':9}]},"
                    + "{'entry_point':'GET /<b>','requests':2,'samples':100,'every_ms':50,"
                    + "'stacks':[{'stack':'j.T.run;s.A.get;s.A.<init>','samples':75},"
                    + "{'stack':'j.T.run;s.A.get;s.B.all','samples':25}]}]")
                .replace('\'', '"')));
    String page = page("problems/p1-1", "");

    assertTrue(page.contains("100 samples of the threads of 2 slow requests"), page);
    assertTrue(
        page.contains(
            "<svg x=\"0.00%\" y=\"0\" width=\"75.00%\" height=\"17\"><title>s.A.&lt;init&gt;"),
        page);
    assertTrue(page.contains("<svg x=\"75.00%\" y=\"0\" width=\"25.00%\""), page);
    assertTrue(page.contains("<text x=\"4\" y=\"13\">B.all</text>"), page);
    assertFalse(page.contains("j.T.run"), "what all stacks share tells nothing");
  }

  @Test
  void other_paths_have_no_page() {
    problems(ONE);
    assertNull(of("nothing", ""));
    assertNull(of("problems", ""));
  }

  @Test
  void figures_are_as_people_read_them() {
    assertEquals("850 \u00b5s", Figures.millis(0.85));
    assertEquals("12.3 ms", Figures.millis(12.34));
    assertEquals("123 ms", Figures.millis(123.4));
    assertEquals("4.1 s", Figures.millis(4_100));
    assertEquals("3.2 min", Figures.millis(192_000));
    assertEquals("99.4 ms", Figures.millis(99.44));
    assertEquals("1,234", Figures.count(1_234));
    assertEquals("-999", Figures.count(-999));
    assertEquals("12,345,678", Figures.count(12_345_678));
    assertEquals("1.5 KiB", Figures.bytes(1_536));
  }

  private void problems(String... json) {
    give("problems", json);
  }
}
