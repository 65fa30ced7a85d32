package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "SQL,       READ,  5,  50",
    "SQL,       OTHER, 5,  50",
    "SQL,       WRITE, 20, 200",
    "KEY_VALUE, READ,  10, 200",
    "KEY_VALUE, WRITE, 10, 200",
    "HTTP,      READ,  5,  50",
    "HTTP,      WRITE, 5,  50",
    "RPC,       OTHER, 5,  50",
  })
  void thresholds_go_by_the_kind_of_work_and_of_operation(
      OperationFamily family, SqlText.Kind effect, int request, int job) {
    Rules rules = rules("");
    Operation operation = new Operation(family, "x", "x", "x", "x", null, effect, null);
    assertEquals(request, rules.threshold(Request.Kind.REQUEST, operation));
    assertEquals(job, rules.threshold(Request.Kind.JOB, operation));
    assertEquals(job, rules.threshold(Request.Kind.IMPLICIT, operation));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /admin/*,    GET /admin/users,       true",
    "GET /admin/*,    GET /admin/,            true",
    "GET /admin/*,    GET /admin,             false",
    "GET /admin/*,    POST /admin/users,      false",
    "/admin/*,        POST /admin/users,      true",
    "/admin,          GET /admin/users,       false",
    "*/users,         GET /admin/users,       true",
    "/a/*/c,          GET /a/b/x/c,           true",
    "*,               GET,                    true",
    "/orders/{id},    GET /orders/{id},       true",
    "/a.b,            GET /aXb,               false",
    "/a\\Eb,          GET /a\\Eb,             true",
    "JOB shop.*,      JOB shop.Nightly#run,   true",
    "shop.Nightly#run, JOB shop.Nightly#run,  true",
    "THREAD pool-*,   THREAD pool-{}-thread-{}, true",
  })
  void routes_are_met_with_their_method_or_without(
      String pattern, String entryPoint, boolean ignored) {
    Rules rules = rules("atalaya.ignore.routes=/nothing," + pattern);
    assertEquals(ignored, rules.ignoresEntryPoint(entryPoint));
  }

  @ParameterizedTest
  @CsvSource({
    "audit_log,        audit_log,              true",
    "AUDIT_log,        audit_LOG,              true",
    "audit_log,        public.audit_log,       true",
    "audit_log,        'public.\"audit_log\"', true",
    "audit_log,        `shop`.`audit_log`,     true",
    "audit_log,        [dbo].[audit_log],      true",
    "public.audit_log, public.audit_log,       true",
    "public.audit_log, audit_log,              false",
    "public.audit_log, other.audit_log,        false",
    "audit_*,          audit_log,              true",
    "public.*,         public.orders,          true",
    "audit,            audit_log,              false",
  })
  void tables_are_met_with_their_schema_or_without(String pattern, String table, boolean ignored) {
    assertEquals(ignored, rules("atalaya.ignore.tables=" + pattern).ignoresTable(table));
    assertFalse(rules("atalaya.ignore.tables=*").ignoresTable(null));
  }

  @ParameterizedTest
  @CsvSource({
    "com.acme.Legacy,       com.acme.Legacy,   run,  true",
    "com.acme.Legacy.run,   com.acme.Legacy,   run,  true",
    "com.acme.Legacy.run,   com.acme.Legacy,   stop, false",
    "com.acme.legacy.*,     com.acme.legacy.A, run,  true",
    "com.acme.legacy.*,     com.acme.Legacy,   run,  false",
    "com.acme.Legacy*,      com.acme.Legacy$B, run,  true",
    "com.acme.Legacy.r*,    com.acme.Legacy,   run,  true",
    "com.acme.Lega,         com.acme.Legacy,   run,  false",
  })
  void call_sites_are_met_by_class_and_method(
      String pattern, String type, String method, boolean ignored) {
    Rules rules = rules("atalaya.ignore.call_sites=" + pattern);
    StackTraceElement frame = new StackTraceElement(type, method, "F.java", 42);
    CallSite site = new CallSite(new StackTraceElement[] {frame}, null, 0, null);
    assertEquals(ignored, rules.ignoresSite(site));
    assertFalse(rules.ignoresSite(null));
  }

  @Test
  void fingerprints_are_met_whole_or_by_wildcard() {
    Rules rules = rules("atalaya.ignore.fingerprints=n1-v2-9f2c41aa03be77d1,n1-v2-00*");
    assertTrue(rules.ignoresFingerprint("n1-v2-9f2c41aa03be77d1"));
    assertTrue(rules.ignoresFingerprint("n1-v2-00000000000000ff"));
    assertFalse(rules.ignoresFingerprint("n1-v2-9f2c41aa03be77d2"));
    assertFalse(rules("").ignoresFingerprint("n1-v2-9f2c41aa03be77d1"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /orders,         2000",
    "GET /reports,        9000",
    "GET /reports/a,      8000",
    "POST /reports/a,     8000",
    "GET /reports/yearly, 30000",
    "GET,                 2000",
  })
  void the_longest_pattern_tells_what_is_slow(String entryPoint, long millis) {
    String key = "atalaya.slow.request.threshold.";
    Rules rules =
        rules(key + "/reports*=9s," + key + "GET /reports/yearly=30s," + key + "/reports/*=8s");
    assertEquals(millis * MILLI, rules.slowRequest(entryPoint));
  }

  @Test
  void live_options_hold_after_a_refresh() {
    Options options = Options.read("");
    Rules rules = new Rules(options);
    assertNull(
        options.set(
            Map.of("atalaya.ignore.tables", "orders", "atalaya.slow.query.threshold", "70ms")));
    assertEquals(70 * MILLI, rules.slowQuery());
    rules.refresh();
    assertTrue(rules.ignoresTable("orders"));
    assertNull(options.set(Map.of("atalaya.ignore.tables", "")));
    rules.refresh();
    assertFalse(rules.ignoresTable("orders"));
  }

  @Test
  void what_is_kept_is_a_list() {
    assertTrue(rules("").keeps("slow") && rules("").keeps("error") && rules("").keeps("finding"));
    Rules rules = rules("atalaya.traces.keep=error");
    assertTrue(rules.keeps("error"));
    assertFalse(rules.keeps("slow") || rules.keeps("finding"));
    assertFalse(rules("atalaya.traces.keep=none").keeps("error"));
  }

  private static Rules rules(String options) {
    return new Rules(Options.read(options));
  }
}
