package dev.atalaya.agent;

import dev.atalaya.agent.alert.Alerts;
import dev.atalaya.agent.breaker.Stage;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.config.Settings;
import dev.atalaya.agent.console.HttpServer;
import dev.atalaya.agent.console.Site;
import dev.atalaya.agent.detect.Detection;
import dev.atalaya.agent.detect.Findings;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Rules;
import dev.atalaya.agent.detect.Service;
import dev.atalaya.agent.detect.Suggestions;
import dev.atalaya.agent.explain.Explain;
import dev.atalaya.agent.export.MetricExporter;
import dev.atalaya.agent.export.Resource;
import dev.atalaya.agent.export.Samplers;
import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.metrics.Metric;
import dev.atalaya.agent.metrics.PrometheusFamilies;
import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.trace.Allocated;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Hooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.agent.weave.WeaveIndex;
import dev.atalaya.agent.weave.Weaving;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads options, builds the chain, installs the weaver; the only class that knows every room.
 *
 * <p>In {@code premain} only what recording needs is made. The HTTP server and the worker come when
 * the application's main class loads, the exporter with the first spans.
 */
public final class Agent {
  private static final long START_MILLIS = 1_000;

  /** How long attaching waits for the agent's threads before it goes on without them. */
  private static final long ATTACH_MILLIS = 5_000;

  private static final long IN_PROGRESS_NANOS = 1_500_000_000L;
  private static final long CLOSE_MILLIS = 2_800;
  private static final long REFRESH_NANOS = 5_000_000_000L;
  private static final long AGAIN_NANOS = 1_000_000_000L;

  /** Requests that may wait for the worker. */
  private static final int QUEUE = 8_192;

  private static volatile @Nullable Agent running;

  private final Options options;
  private final Inventory inventory;
  private final Registry registry = new Registry();
  private final Faults faults =
      new Faults((part, error) -> Log.warn("an error in " + part + ", which goes on", error));
  private final LiveSettings settings;
  private final Rules rules;
  private final Findings findings;
  private final CostControl costs;
  private final Traffic traffic;
  private final Watched watched;
  private final Profiling profiling;
  private final Worker worker;
  private final Recorder recorder;
  private final Weaving weaving;
  private volatile @Nullable Resource resource;
  private final Traces traces;
  private volatile @Nullable MetricExporter metrics;
  private volatile @Nullable Alerts alerts;
  private @Nullable Explain explain; // the worker's, made with the first slow query
  private volatile @Nullable HttpServer httpServer;
  private volatile boolean on;
  private long startMillis;

  private Agent(
      java.lang.instrument.Instrumentation jvm,
      Options options,
      boolean attached,
      @Nullable Consumer<String> progress) {
    this.options = options;
    inventory = new Inventory(progress);
    settings =
        new LiveSettings(
            options,
            Samplers.sampler(options, () -> resource().serviceName()),
            jvm::getAllLoadedClasses);
    rules = new Rules(options);
    findings = new Findings(rules, new Self(), registry, this::event);
    Detection detection =
        new Detection(
            rules,
            findings,
            registry,
            settings.application(),
            this::explain,
            new Suggestions(error -> faults.add("detection", error)));
    costs = new CostControl(options, registry::ownCpuNanos, this::leave);
    traffic =
        new Traffic(
            registry::snapshot,
            registry::family,
            inventory.unsupported(),
            System::nanoTime,
            Log::info);
    traces = new Traces(options, settings, this::resource);
    watched = new Watched(registry, this::templates, detection.threads(), settings.application());
    profiling = new Profiling(detection.threads(), rules::slowRequest, this::profiles);
    worker =
        new Worker(
            QUEUE,
            faults,
            costs,
            detection,
            registry,
            traces,
            new Housekeeping(),
            traffic,
            watched,
            profiling);
    recorder = new Recorder(settings, worker, registry, this::fault);
    weaving =
        new Weaving(
            jvm,
            Agent.class.getClassLoader(),
            attached ? recorder::loadedHook : Hooks::number,
            inventory);
  }

  /**
   * Called by name from outside the wall. @param began a {@link System#nanoTime} reading @param
   * progress is told what takes a while where somebody attaches and waits; else null
   */
  public static void start(
      java.lang.instrument.Instrumentation jvm,
      String arguments,
      long began,
      boolean attached,
      @Nullable Consumer<String> progress)
      throws IOException {
    Options options = Options.read(arguments);
    for (String warning : options.warnings()) Log.warn(warning);
    if (options.get(Options.SDK_DISABLED)) {
      Log.info("is off: " + Options.SDK_DISABLED.key() + " is true");
      return;
    }
    Agent agent = new Agent(jvm, options, attached, progress);
    if (attached) agent.attach(began);
    else agent.begin(began);
  }

  /**
   * Only recording is ready before the application starts; the rest comes on a thread of its own.
   */
  private void begin(long began) throws IOException {
    record(began, false);
    Thread rest =
        starter(
            () -> {
              recorder.quiet();
              inventory.awaitApplication(START_MILLIS);
              startRest();
              sayStarted();
            });
    try {
      rest.start();
    } catch (Throwable error) {
      Tracing.use(null); // nobody would ever take what is recorded
      throw error;
    }
  }

  /**
   * A running application is woven last: while the JVM compiles it again, the agent's own classes
   * are loaded already and its threads are idle.
   */
  private void attach(long began) throws IOException {
    Thread rest =
        starter(
            () -> {
              rehearse();
              recorder.quiet();
              startRest();
            });
    rest.start();
    try {
      rest.join(ATTACH_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    record(began, true);
    sayStarted();
  }

  private void rehearse() {
    try {
      Rehearsal.of(settings);
    } catch (Throwable error) {
      faults.add("start", error);
    }
  }

  private static Thread starter(Runnable task) {
    Thread starter = new Thread(null, task, "atalaya-start", 256 * 1024);
    starter.setDaemon(true);
    starter.setContextClassLoader(null);
    return starter;
  }

  private void record(long began, boolean attached) throws IOException {
    weave(attached);
    toggle();
    warn();
    startMillis = (System.nanoTime() - began) / 1_000_000;
    running = this;
  }

  private void sayStarted() {
    Log.info(Manual.version() + " started in " + startMillis + " ms");
  }

  /** The report of the running agent as JSON; called by name from outside the wall. */
  public static String doctor() {
    Agent agent = running;
    return agent == null ? "" : Json.write(agent.report());
  }

  private void weave(boolean attached) throws IOException {
    WeaveIndex index = WeaveIndex.read(Agent.class.getClassLoader());
    for (String name : index.instrumentations()) {
      if (options.instrumentationEnabled(name)) weaving.add(index, name);
      else inventory.skip(name, "switched off by its option");
    }
    options.instrumentations(index.instrumentations());
    weaving.watch(Unsupported.types());
    weaving.install(attached);
  }

  private void startRest() {
    try {
      publish();
      startHttpServer();
    } catch (Throwable error) {
      Log.warn("runs without its port or its alerts", error);
    }
    startWorker();
    try {
      settings.application().learnMain();
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "atalaya-close"));
      Allocated.start();
    } catch (Throwable error) {
      faults.add("start", error);
    }
  }

  /** A JVM that has no thread left for it may have one later. */
  private void startWorker() {
    for (; ; ) {
      try {
        worker.start(options.get(Options.BSP_SCHEDULE_DELAY));
        return;
      } catch (Throwable error) {
        faults.add("start", error);
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  private void publish() {
    registry.target(resource().attributes());
    registry.exemplars(traces.exports());
    registry.read(Metric.ENABLED, () -> on ? 1 : 0);
    registry.read(Metric.QUEUE_SIZE, worker::size);
    registry.readAll(Metric.INSTRUMENTATION_ERRORS, inventory::faults);
    registry.readAll(Metric.AGENT_ERRORS, faults::counts);
    registry.read(Metric.BREAKER_STAGE, costs::stage);
    registry.readAll(Metric.BREAKER_SHARE, costs::shares);
    registry.read(Metric.SPANS_EXPORTED, traces::exportedSpans);
    registry.readAll(Metric.SPANS_DROPPED, this::drops);
    Alerts channels = new Alerts(options);
    registry.readPairs(Metric.ALERTS, channels::counts);
    alerts = channels;
  }

  private Map<String, Long> drops() {
    Map<String, Long> drops = traces.droppedSpans();
    drops.put("queue_full", worker.droppedSpans());
    return drops;
  }

  private void templates(Consumer<Template> visitor) {
    recorder.templates(visitor);
  }

  private void startHttpServer() {
    if (!options.get(Options.METRICS_EXPORTER).equals("prometheus")) return;
    Site site = new Site(options.get(Options.CONSOLE_TOKEN));
    site.metrics(new PrometheusFamilies(registry));
    if (options.get(Options.CONSOLE)) {
      site.source("findings", query -> findings.list())
          .source("problems", query -> findings.problems())
          .source("doctor", query -> report())
          .source("settings", query -> new Settings(options).json())
          .source("traces", query -> traces.kept().get(query))
          .config(this::change);
      watched.addTo(site);
      site.source("profile", query -> profiling.list(query.text("route")));
    }
    httpServer =
        HttpServer.open(
            options.get(Options.PROMETHEUS_HOST), options.get(Options.PROMETHEUS_PORT), site);
  }

  /** A change of live options from the console: key to value; what is wrong with it, or null. */
  private @Nullable String change(Map<String, String> values) {
    String problem = options.set(values);
    if (problem == null) refresh();
    return problem;
  }

  private void refresh() {
    settings.refresh();
    rules.refresh();
    toggle();
  }

  private void warn() {
    for (String warning : options.warnings()) Log.warn(warning);
  }

  /** The breaker has logged what the agent leaves out from here on. */
  private void leave(Stage stage) {
    settings.leave(stage);
    toggle(false);
  }

  private void toggle() {
    toggle(running != null);
  }

  private synchronized void toggle(boolean logged) {
    boolean wanted = options.get(Options.ENABLED) && !settings.leaves(Stage.EVERYTHING);
    if (wanted == on) return;
    on = wanted;
    Recorder.forgetOpenCalls();
    Tracing.use(wanted ? recorder : null);
    if (logged) Log.info(wanted ? "records again" : "records nothing any more");
  }

  private void fault(Throwable error, String instrumentation) {
    if (!inventory.fault(instrumentation, error)) return;
    Log.warn("instrumentation " + instrumentation + " is switched off after too many errors");
    Thread off =
        new Thread(
            () -> {
              weaving.off(instrumentation);
              Recorder.forgetOpenCalls(); // the exits that would have closed them are gone
            },
            "atalaya-off");
    off.setDaemon(true);
    off.start();
  }

  /** Requests that a graceful shutdown still answers are waited for, a while. */
  private void close() {
    recorder.quiet();
    long began = System.nanoTime();
    while (recorder.requestsInProgress() > 0 && System.nanoTime() - began < IN_PROGRESS_NANOS) {
      LockSupport.parkNanos(20_000_000);
    }
    worker.close(CLOSE_MILLIS - sinceMillis(began));
    Alerts channels = alerts; // they have been sending since the worker told them
    if (channels != null) channels.close(Math.max(100, CLOSE_MILLIS - sinceMillis(began)));
  }

  private boolean profiles() {
    return on && options.get(Options.PROFILE) && !settings.leaves(Stage.CALL_SITES);
  }

  private static long sinceMillis(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private synchronized Resource resource() {
    Resource known = resource;
    if (known == null) resource = known = Resource.of(options, Manual.versionNumber());
    return known;
  }

  private void event(ProblemEvent event) {
    Alerts channels = alerts;
    if (channels != null) channels.accept(event);
  }

  private void explain(Template template, String fingerprint) {
    if (!settings.explains() || settings.leaves(Stage.PLANS)) return;
    Explain asked = explain;
    if (asked == null) explain = asked = new Explain();
    asked.plan(
        template, fingerprint, plan -> findings.plan(fingerprint, plan.text, plan.suggestion));
  }

  private Map<String, Object> report() {
    Map<String, Object> report =
        Report.of(
            inventory,
            faults.summary(),
            costs.report(),
            traffic.report(),
            startMillis,
            on,
            metricsState(),
            traces.state(),
            drops(),
            findings.refused());
    report.put("kept_traces", traces.keptReport());
    return report;
  }

  private String metricsState() {
    String exporter = options.get(Options.METRICS_EXPORTER);
    if (exporter.equals("otlp")) {
      MetricExporter sending = metrics;
      return "otlp " + (sending == null ? "nothing sent yet" : sending.state());
    }
    HttpServer open = httpServer;
    if (open != null) return open.url();
    return exporter.equals("prometheus") ? "no port" : "off";
  }

  /** The service that the findings are of. */
  private final class Self implements Service {
    @Override
    public String name() {
      return resource().serviceName();
    }

    @Override
    public @Nullable String version() {
      return resource().text("service.version");
    }

    @Override
    public String instance() {
      return resource().text("host.name") + ":" + resource().text("process.pid");
    }
  }

  /**
   * What is looked after every few seconds, and the metrics that are sent rather than asked for.
   */
  private final class Housekeeping implements Worker.Consumer {
    private long refreshed = System.nanoTime();

    @Override
    public void accept(Request request, Span latest) {}

    @Override
    public String part() {
      return "housekeeping";
    }

    @Override
    public void tick(boolean closing) {
      if (options.get(Options.METRICS_EXPORTER).equals("otlp")) {
        MetricExporter sending = metrics;
        if (sending == null) {
          metrics = sending = new MetricExporter(options, resource(), registry);
        }
        sending.tick(closing);
      }
      if (options.hasChanged()) refresh();
      if (System.nanoTime() - refreshed < REFRESH_NANOS) return;
      refreshed = System.nanoTime();
      settings.application().learnMain();
      options.look();
      warn();
    }
  }
}
