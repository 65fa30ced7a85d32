package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;

/** Repeats something in a unit of work and asks what it is. */
final class Classifying {
  /** One of many executions, counted from 0. */
  interface Execution {
    void run(Simulation app, int number);
  }

  final Simulation app = new Simulation();
  private final Rules rules;

  Classifying(String options) {
    rules = new Rules(Options.read(options));
  }

  Kind inRequest(int count, Execution one) {
    Request request = app.request("/orders");
    for (int i = 0; i < count; i++) one.run(app, i);
    return kind(request, "GET /orders");
  }

  Kind inJob(int count, Execution one) {
    Request job = app.job("shop.Nightly#run");
    for (int i = 0; i < count; i++) one.run(app, i);
    return kind(job, "JOB shop.Nightly#run");
  }

  /** Of what was begun last; null for none. */
  Kind kind(Request request, String entryPoint) {
    app.end(request);
    Kind found = null;
    for (OperationSummary summary :
        new WorkAnalyzer(rules).analyze(request.unit(), entryPoint).classified) {
      found = summary.kind;
    }
    return found;
  }

  static String list(int length) {
    return "SELECT * FROM item WHERE id IN (?" + ", ?".repeat(length - 1) + ")";
  }

  static Object[] values(int from, int count) {
    Object[] values = new Object[count];
    for (int i = 0; i < count; i++) values[i] = from + i;
    return values;
  }
}
