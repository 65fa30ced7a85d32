package dev.atalaya.agent.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import org.junit.jupiter.api.Test;

/** The pages of tables: routes, statements, errors, and what runs. */
class FiguresPagesTest extends Shown {
  private static final String ROUTE =
      "{'route':'/a','entry_points':[{'entry_point':'GET /a'},{'entry_point':'POST /a'}],"
          + "'count':1200,'errors':2,'total_ms':9000.0,'p50_ms':1.0,'p95_ms':20.5,'p99_ms':300.0,"
          + "'statements_per_request':4.5,'bytes_per_request':2048,'since':'2026-01-31T10:00:00Z',"
          + "'last_minute':{'seconds':60.0,'count':30,'errors':0,'total_ms':40.0,'p50_ms':1.25}}";

  private static final String STATEMENT =
      "{'statement':'00000000000000ab','system':'postgresql','namespace':'shop',"
          + "'address':'db:5432','summary':'SELECT a','text':'SELECT <x> FROM a','calls':10,"
          + "'errors':1,'total_ms':750.0,'p95_ms':90.0,'rows':20,'rows_per_call':2.0,"
          + "'texts':['SELECT <x> FROM a'],'since':'2026-01-31T10:00:00Z',"
          + "'watched_since':'2026-01-31T11:00:00Z','last_minute':{'seconds':62.0,'calls':3},"
          + "'routes':[{'entry_point':'GET /a','calls':9,'total_ms':500.0},"
          + "{'entry_point':'JOB b','calls':1,'total_ms':250.0}]}";

  private static final String SITE =
      "'call_site':{'function':'shop.A.b','file':'A.java','line':42,'stack':["
          + "{'function':'shop.A.b','file':'A.java','line':42}]}";

  private static final String ERROR =
      "{'error':'00000000000000cd','type':'java.util.NoSuchElement','cause':'java.io.IOException',"
          + "'what':'GET /<a>','count':3,'first_seen':'2026-01-31T10:00:00Z',"
          + "'last_seen':'2026-01-31T11:00:00Z','trend':[0,0,3],"
          + "'entry_points':[{'entry_point':'GET /<a>','count':2},{'entry_point':'b','count':1}],"
          + "'trace_ids':['4bf92f3577b34da6'],"
          + SITE
          + "}";

  private static final String RUNNING =
      "{'entry_point':'GET /a','age_ms':2500.0,'statements':3,'thread':'worker-7',"
          + "'state':'WAITING','call':{'name':'SELECT a','text':'SELECT <x> FROM a','age_ms':900},"
          + SITE
          + "}";

  @Test
  void a_route_has_its_methods_its_share_and_its_figures() {
    give("routes", ROUTE, other("/b", 3_000));
    String page = page("routes", "");

    assertTrue(page.contains("<code>GET, POST /a</code>"), page);
    assertTrue(page.contains("aria-label=\"75 %\"><rect class=\"whole\" width=\"80\""), page);
    assertTrue(page.contains("<rect width=\"60\" height=\"8\"/>"), page);
    assertTrue(page.contains(">1,200</td>"), page);
    assertTrue(page.contains(">20.5 ms</td>"), page);
    assertTrue(page.contains(">2.0 KiB</td>"), page);
    assertTrue(page.contains(">30</td>"), page);
    assertFalse(page.contains("style="), "the policy forbids it");
  }

  @Test
  void the_head_of_each_column_sorts_by_it() {
    give("routes", ROUTE, other("/b", 3_000).replace("'count':0", "'count':5000"));

    String byTime = page("routes", "");
    assertTrue(byTime.contains("<a href=\"/routes?sort=count\">Requests</a>"), byTime);
    assertTrue(byTime.contains("aria-sort=\"descending\"><a href=\"/routes?\">Total</a>"), byTime);
    String byCount = page("routes", "sort=count&q=%2F");
    assertTrue(byCount.indexOf("GET /b") < byCount.indexOf("POST /a"), byCount);
    assertTrue(byCount.contains("<a href=\"/routes?q=%2F\">Total</a>"), byCount);
    String byName = page("routes", "sort=route");
    assertTrue(byName.indexOf("POST /a") < byName.indexOf("GET /b"), byName);
    assertTrue(byName.contains("aria-sort=\"ascending\""), byName);
  }

  @Test
  void rows_are_searched_for_a_text() {
    give("routes", ROUTE, other("/b", 3_000));

    assertFalse(page("routes", "q=POST").contains("GET /b"));
    assertTrue(page("routes", "q=post").contains("GET, POST /a"));
    assertTrue(page("routes", "q=none").contains("None fits."));
    assertTrue(page("routes", "q=%22%3E%3Cb").contains("value=\"&quot;&gt;&lt;b\""));
  }

  @Test
  void figures_may_be_those_of_the_last_minute() {
    give("routes", ROUTE, other("/b", 3_000));
    String page = page("routes", "over=minute");

    assertTrue(page.contains(">40.0 ms</td>"), page);
    assertFalse(page.contains(">9.0 s</td>"), page);
    assertFalse(page.contains("GET /b"), "nobody asked for it");
  }

  @Test
  void a_statement_has_its_text_and_leads_to_its_page() {
    give("statements", STATEMENT);
    String page = page("statements", "");

    assertTrue(page.contains("<a href=\"/statements/00000000000000ab\">SELECT a</a>"), page);
    assertTrue(page.contains("<small>postgresql shop at db:5432</small>"), page);
    assertTrue(page.contains("<code>SELECT &lt;x&gt; FROM a</code>"), page);
    assertTrue(page.contains(">75.0 ms</td>"), "each");
    assertTrue(page.contains("GET /a<small>and 1 more</small>"), page);
  }

  @Test
  void a_statements_page_says_who_uses_it() {
    given.put("statements", Json.parse(STATEMENT.replace('\'', '"')));
    String page = page("statements/00000000000000ab", "");

    assertTrue(page.contains("<pre tabindex=\"0\">SELECT &lt;x&gt; FROM a</pre>"), page);
    assertTrue(page.contains("<td>GET /a</td><td><svg"), page);
    assertTrue(page.contains("aria-label=\"67 %\""), page);
    assertTrue(page.contains("The last 62 s"), page);

    assertFalse(page.contains("<h2>Problems</h2>"), page);
    give(
        "problems",
        "{'problem':'p1-1','kind':'slow_query','operation':{'brief':'SELECT a','text':'SELECT <x>"
            + " FROM a'},'slow':{'plan':'Seq Scan'},"
            + SITE
            + "}",
        "{'problem':'p1-2','kind':'n_plus_one','operation':{'text':'SELECT b'}}");
    page = page("statements/00000000000000ab", "");
    assertTrue(page.contains("<a href=\"/problems/p1-1\">slow query SELECT a</a>"), page);
    assertTrue(page.contains("<h3>Plan</h3><pre tabindex=\"0\">Seq Scan</pre>"), page);
    assertFalse(page.contains("p1-2"), page);

    given.put("statements", null);
    assertNull(of("statements/00000000000000ff", ""));
  }

  @Test
  void a_thousand_statements_are_shown_by_pages() {
    String[] many = new String[1_000];
    String text = "SELECT " + "column, ".repeat(120) + "id FROM a";
    for (int i = 0; i < many.length; i++) {
      many[i] = STATEMENT.replace("SELECT <x> FROM a", text).replace("SELECT a", "S" + i);
    }
    give("statements", many);
    String page = page("statements", "");

    assertTrue(page.length() < 150 * 1024, "characters: " + page.length());
    assertTrue(page.contains("1 to 50 of 1,000"), page);
  }

  @Test
  void an_error_has_its_type_its_trend_and_leads_to_its_page() {
    give("errors", ERROR);
    String page = page("errors", "");

    assertTrue(page.contains("<a href=\"/errors/00000000000000cd\">NoSuchElement</a>"), page);
    assertTrue(page.contains("<small>caused by IOException</small>"), page);
    assertTrue(page.contains("aria-label=\"0 0 3 \""), page);
    assertTrue(page.contains("<code>A.java:42</code>"), page);
    assertTrue(page.contains("GET /&lt;a&gt;<small>and 1 more</small>"), page);
    assertTrue(page("errors", "q=nothing").contains("None fits."));

    given.put("errors", Json.parse(ERROR.replace('\'', '"')));
    String one = page("errors/00000000000000cd", "");
    assertTrue(one.contains("<h1>NoSuchElement</h1><p>java.util.NoSuchElement</p>"), one);
    assertTrue(one.contains("<li><code>A.java:42</code> <small>shop.A.b</small>"), one);
    assertTrue(one.contains("<a href=\"/traces/4bf92f3577b34da6\">4bf92f35</a>"), one);
  }

  @Test
  void an_answer_that_says_no_is_named_by_its_status() {
    give("errors", ERROR.replace("java.util.NoSuchElement", "503"));

    assertTrue(page("errors", "").contains(">status 503</a>"));
  }

  @Test
  void errors_are_listed_the_latest_first_and_sorted_by_count() {
    give("errors", ERROR, ERROR.replace("NoSuch", "Other").replace("'count':3", "'count':4"));

    assertTrue(page("errors", "").indexOf("NoSuch") < page("errors", "").indexOf("Other"));
    String byCount = page("errors", "sort=count");
    assertTrue(byCount.indexOf("Other") < byCount.indexOf("NoSuch"), byCount);
  }

  @Test
  void what_runs_has_its_age_its_call_and_its_stack() {
    give("active", RUNNING, RUNNING.replace("/a", "/b").replace("'call':{", "'gone':{"));
    String page = page("running", "");

    assertTrue(page.contains("GET /a<small>worker-7, WAITING</small>"), page);
    assertTrue(page.contains(">2.5 s</td>"), page);
    assertTrue(page.contains("SELECT a<small>for 900 ms</small><code>SELECT &lt;x&gt;"), page);
    assertTrue(page.contains("<li><code>A.java:42</code>"), page);
  }

  @Test
  void where_nothing_was_seen_the_pages_say_so() {
    give("routes");
    give("statements");
    give("errors");
    give("active");
    assertTrue(page("errors", "").contains("None so far."));
    assertTrue(page("running", "").contains("Nothing runs now."));

    assertTrue(page("routes", "").contains("No request was seen yet."));
    assertTrue(page("statements", "").contains("No statement was seen yet."));
    assertNull(of("routes/1", ""));
  }

  private static String other(String route, int millis) {
    return "{'route':'"
        + route
        + "','entry_points':[{'entry_point':'GET "
        + route
        + "'}],'count':0,'total_ms':"
        + millis
        + ",'last_minute':{'seconds':60.0}}";
  }
}
