package dev.atalaya.agent.watch;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application's threads work on at this moment, and where they are. Any thread may ask.
 */
public final class Running {
  /** Of so many threads, those that have been at it for longest, the stack is looked at. */
  private static final int STACKS = 50;

  private static final int MOST = 500;

  private final OpenThreads threads;
  private final Application application;

  public Running(OpenThreads threads, Application application) {
    this.threads = threads;
    this.application = application;
  }

  /** What has been running for longest first. */
  public List<Map<String, Object>> list() {
    List<OpenThreads.Seen> busy = new ArrayList<>();
    for (OpenThreads.Seen seen : threads.now()) if (isBusy(seen)) busy.add(seen);
    busy.sort((a, b) -> Long.signum(startNanos(a) - startNanos(b)));
    long now = System.nanoTime();
    List<Map<String, Object>> list = new ArrayList<>();
    for (OpenThreads.Seen seen : busy.subList(0, Math.min(MOST, busy.size()))) {
      list.add(json(seen, now, list.size() < STACKS));
    }
    return list;
  }

  /** What goes on behind a request that was answered is running where it calls something. */
  private static boolean isBusy(OpenThreads.Seen seen) {
    Request request = seen.request;
    return request != null && !request.isExcluded() && (!request.rootEnded() || seen.call != null);
  }

  private static long startNanos(OpenThreads.Seen seen) {
    Request request = seen.request;
    Span root = request == null ? null : request.root();
    Span first = root == null ? seen.call : root;
    return first == null ? System.nanoTime() : first.startNanos();
  }

  private Map<String, Object> json(OpenThreads.Seen seen, long now, boolean withStack) {
    Map<String, Object> json = new LinkedHashMap<>();
    Request request = seen.request;
    json.put("entry_point", request == null ? "" : EntryPoint.of(request));
    json.put("trace_id", request == null ? null : request.traceId());
    json.put("age_ms", Calls.millis(now - startNanos(seen)));
    json.put("statements", request == null ? 0 : request.statements());
    json.put("thread", seen.threadName());
    json.put("call", seen.call == null ? null : call(seen.call, now));
    StackTraceElement[] stack = withStack ? seen.stack() : new StackTraceElement[0];
    json.put("state", seen.state());
    json.put("at", stack.length == 0 ? null : Stack.frame(stack[0]));
    CallSite site = stack.length == 0 ? null : CallSites.of(stack, application.roles, null);
    json.put("call_site", site == null ? null : Stack.json(site));
    return json;
  }

  private static Map<String, Object> call(Span call, long now) {
    Map<String, Object> json = new LinkedHashMap<>();
    Template template = call.template();
    json.put("name", CallName.of(call));
    json.put("text", text(template));
    json.put("age_ms", Calls.millis(now - call.startNanos()));
    return json;
  }

  private static @Nullable String text(@Nullable Template template) {
    return template == null ? null : template.text;
  }
}
