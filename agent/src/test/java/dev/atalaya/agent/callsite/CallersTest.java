package dev.atalaya.agent.callsite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {
  private final Callers callers = new Callers();

  @Test
  void the_line_met_most_often_is_the_call_site() {
    assertNull(callers.site());
    assertEquals(0, callers.lineShare());
    CallSite list = site("list:42");
    met(site("get:7"), list, site("list:42"), site("list:42"), null);
    assertSame(list, callers.site());
    assertEquals(0.75, callers.lineShare());
  }

  @Test
  void another_line_or_method_is_another_site() {
    for (int line = 1; line <= 9; line++) met(site("list:" + line));
    assertEquals(1 / 9.0, callers.lineShare());
    assertEquals(1, callers.site().top().getLineNumber());
  }

  @Test
  void a_line_that_comes_late_takes_over_once_it_has_more() {
    for (int i = 0; i < 3; i++) met(site("first:1"));
    met(site("once:2"));
    for (int i = 0; i < 6; i++) met(site("late:3"));
    assertEquals(3, callers.site().top().getLineNumber());
    assertEquals(0.6, callers.lineShare());
  }

  @Test
  void a_shared_helpers_line_is_one_and_its_callers_are_told_apart() {
    met(site("find:5", "a:1"), site("find:5", "b:2"), site("find:5", "b:2"), site("other:9"));
    assertEquals("b", callers.site().frames[1].getMethodName());
    assertEquals(0.75, callers.lineShare());
    assertEquals(List.of("find/b 2", "find/a 1", "other 1"), all());
  }

  @Test
  void each_walk_stands_for_the_executions_since_the_one_before() {
    for (int at : new int[] {2, 3, 5, 8, 16}) callers.met(site("a:1"), at);
    callers.met(site("b:2"), 32);
    callers.met(site("b:2"), 64);
    assertEquals(List.of("b 48", "a 16"), all());
    assertEquals("b", callers.site().top().getMethodName());
  }

  @Test
  void one_caller_is_no_list() {
    met(site("list:42"), site("list:42"));
    assertEquals(List.of(), callers.all());
  }

  @Test
  void what_is_trusted_is_all_there_is() {
    CallSite known = site("list:42");
    callers.trust(known);
    assertSame(known, callers.site());
    assertEquals(1, callers.lineShare());
    assertEquals(List.of(), callers.all());
  }

  private void met(CallSite... sites) {
    for (CallSite site : sites) callers.met(site, 0);
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (Callers.Caller one : callers.all()) {
      StringBuilder text = new StringBuilder(one.site.top().getMethodName());
      if (one.site.frames.length > 1) text.append('/').append(one.site.frames[1].getMethodName());
      all.add(text.append(' ').append(one.executions()).toString());
    }
    return all;
  }

  private static CallSite site(String... lines) {
    StackTraceElement[] frames = new StackTraceElement[lines.length];
    for (int i = 0; i < lines.length; i++) {
      String[] line = lines[i].split(":");
      frames[i] =
          new StackTraceElement("shop.Orders", line[0], "F.java", Integer.parseInt(line[1]));
    }
    return new CallSite(frames, null, 0, null);
  }
}
