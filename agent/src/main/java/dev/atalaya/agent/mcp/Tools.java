package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools, of those things that there is a source for. */
final class Tools {
  private static final String UNITS =
      " Keys that end in _ms are milliseconds, in _seconds seconds; p95 is the 95th percentile.";
  private static final String PAGES =
      " Where an answer has next_cursor, call again with cursor set to it for what follows.";

  private final Map<String, Tool> tools = new LinkedHashMap<>();

  Tools(Map<String, Source> sources) {
    sources.forEach(
        (name, source) -> {
          if (name.equals("problems")) problems(new Problems(source));
          if (name.equals("routes")) routes(new Listed(name, source));
          if (name.equals("statements")) statements(new Listed(name, source));
          if (name.equals("traces")) traces(new Listed(name, source), new Spans(source));
          if (name.equals("doctor")) doctor(source);
        });
  }

  List<Object> list() {
    List<Object> all = new ArrayList<>();
    for (Tool tool : tools.values()) all.add(tool.json());
    return all;
  }

  /** What is wrong with the arguments is an answer too: it says how to ask better. */
  Map<String, Object> call(Map<?, ?> parameters) throws RpcError {
    Object name = parameters.get("name");
    Object given = parameters.get("arguments");
    if (!(name instanceof String)) throw wrong("params.name is missing");
    if (given != null && !(given instanceof Map)) throw wrong("params.arguments is no object");
    Tool tool = tools.get(name);
    if (tool == null) throw wrong("there is no such tool; there are " + tools.keySet());
    try {
      Object answer = Shortened.fit(tool.answer(Message.object(given)), Paged.BYTES);
      return result(Json.write(answer), false);
    } catch (Wrong wrong) {
      return result(String.valueOf(wrong.getMessage()), true);
    } catch (RuntimeException | LinkageError | StackOverflowError error) {
      throw new RpcError(RpcError.INTERNAL, "failed: " + error.getClass().getName());
    }
  }

  private static RpcError wrong(String what) {
    return new RpcError(RpcError.WRONG_PARAMETERS, what);
  }

  private static Map<String, Object> result(String text, boolean wrong) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("type", "text");
    content.put("text", text);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("content", Collections.singletonList(content));
    result.put("isError", wrong);
    return result;
  }

  private void add(Tool tool) {
    tools.put(tool.name, tool);
  }

  private void problems(Problems problems) {
    add(
        Paged.arguments(
            new Tool(
                    "list_problems",
                    "Problems",
                    "What wastes time in this service, the costliest first: N+1 queries, slow"
                        + " queries and requests, small batches and the like. Each with its id"
                        + " (problem), the operation that repeats (what, count_typical times a"
                        + " request), the application's line, the entry points that lead there, and"
                        + " wasted_seconds since the start."
                        + UNITS
                        + PAGES,
                    problems::list)
                .text(
                    "status",
                    "firing, if not given: what goes on. resolved: what is gone since.",
                    "firing",
                    "resolved",
                    "all")
                .text("severity", "Only of this severity.", "critical", "warning", "info")
                .text("entry_point", "Only where an entry point has this in it: GET /orders.")));
    add(
        new Tool(
                "get_problem",
                "One problem",
                "All that is known of a problem: operation (text without values), cause (the read"
                    + " whose rows are looped over), call_site with its stack, loop, fix with code"
                    + " to paste, cost (wasted_ms_p95 a request), all entry points with trace_ids."
                    + UNITS,
                problems::get)
            .required("problem", "Its id, as list_problems has it: p1-43525758fc6d768a."));
  }

  private void routes(Listed routes) {
    add(
        Paged.arguments(
            new Tool(
                    "list_routes",
                    "Routes",
                    "The service's routes, those that take most time first: requests, errors,"
                        + " quantiles of their duration, statements and bytes a request, since the"
                        + " start and in the last minute."
                        + UNITS
                        + PAGES,
                    routes::list)
                .text("contains", "Only those with this text in them: /orders.")));
  }

  private void statements(Listed statements) {
    add(
        Paged.arguments(
            new Tool(
                    "list_statements",
                    "Statements",
                    "SQL statements and commands, without values, those that take most time first:"
                        + " calls, total and p95 duration, rows, errors, the routes that use them."
                        + UNITS
                        + PAGES,
                    statements::list)
                .text("contains", "Only those with this text in them: a table, a route.")));
  }

  private void traces(Listed traces, Spans spans) {
    add(
        Paged.arguments(
            new Tool(
                    "list_traces",
                    "Traces",
                    "Kept traces, the newest first: slow or failed requests, those with a problem,"
                        + " and the latest few of each route."
                        + UNITS
                        + PAGES,
                    arguments -> traces.list(arguments, chosen(arguments)))
                .text("route", "Only of this entry point: GET /orders.")
                .text("problem", "Only of this problem, by its id.")
                .number("min_ms", "Only of this duration and longer.", 0, 86_400_000)
                .flag("error", "true: only what failed.")));
    add(
        Paged.arguments(
            new Tool(
                    "get_trace",
                    "One trace",
                    "A trace's spans in the order in which they began, each with its depth below"
                        + " the request, start_ms after the first, duration and attributes; repeats"
                        + " may be folded into one (atalaya.collapsed.count)."
                        + UNITS
                        + PAGES,
                    spans::get)
                .required("trace_id", "32 hex digits, as list_traces has it.")));
  }

  private static Query chosen(Arguments arguments) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String name : new String[] {"route", "problem", "min_ms", "error"}) {
      if (!arguments.text(name).isEmpty()) chosen.put(name, arguments.text(name));
    }
    chosen.put("limit", "500");
    return Query.of(chosen);
  }

  private void doctor(Source doctor) {
    add(
        new Tool(
            "doctor",
            "What is seen",
            "What the agent sees of this service: requests and statements so far, libraries that it"
                + " looks into and those that it does not, its own errors and costs, where traces"
                + " and metrics go. Ask it where a list is empty that should not be.",
            arguments -> report(doctor)));
  }

  private static @Nullable Object report(Source doctor) {
    return doctor.get(Query.ALL);
  }
}
