package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Pretend;
import dev.atalaya.agent.trace.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** Detection that watches a simulated application, and all that it tells. */
final class Watch {
  final List<ProblemEvent> events = new ArrayList<>();
  final List<String> counted = new ArrayList<>();
  final List<String> planned = new ArrayList<>();
  final Findings findings;
  final Detection detection;
  final Simulation app;

  Watch(String options) {
    Rules rules = new Rules(Options.read(options));
    Counters counters =
        new Counters() {
          @Override
          public void finding(Kind kind, Severity severity, String entryPoint, String system) {
            counted.add(kind.label() + " at " + entryPoint);
          }

          @Override
          public void wasted(Kind kind, String entryPoint, long nanos) {}

          @Override
          public void classified(Kind kind, boolean told) {
            counted.add(told || !kind.isFinding() ? kind.label() : kind.label() + ", not told");
          }
        };
    findings = new Findings(rules, new Shop(), counters, events::add);
    detection =
        new Detection(
            rules,
            findings,
            counters,
            Application.named(name -> false),
            (template, name) -> planned.add(name),
            new Suggestions(Suggesting::fail));
    app = new Simulation(detection);
    app.slowQueryNanos = rules.slowQuery();
  }

  /** So many different statements that the request's spans are handed over. */
  void portion() {
    for (int i = 0; i < 512; i++) app.query("SELECT * FROM t" + i, 1);
    app.worker.drain();
  }

  /** A second later. */
  void look() {
    Pretend.set(
        Pretend.field(Detection.class, "looked"), detection, System.nanoTime() - 2_000_000_000L);
    detection.tick(false);
  }

  Map<String, Object> only() {
    assertEquals(1, findings.list().size());
    return findings.list().get(0);
  }

  Map<String, Object> one(String kind) {
    return findings.list().stream()
        .filter(one -> one.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  int count() {
    return count(String.valueOf(only().get("kind")));
  }

  int count(String kind) {
    return (Integer) ((Map<?, ?>) one(kind).get("operation")).get("count_typical");
  }

  /** The worker finds each thread once in its life, so that one that is known finds nothing. */
  void onANewThread(Runnable test) throws Exception {
    OpenThreads others = new OpenThreads(); // what other tests left open on their threads
    others.forEach(seen -> {});
    while (others.nextEnded(unit -> {})) continue;
    FutureTask<Void> task = new FutureTask<>(test, null);
    Thread thread = new Thread(task, "a new one");
    thread.start();
    thread.join();
    task.get();
  }
}
