package dev.atalaya.agent.config;

import static dev.atalaya.agent.config.Option.choice;
import static dev.atalaya.agent.config.Option.duration;
import static dev.atalaya.agent.config.Option.flag;
import static dev.atalaya.agent.config.Option.headers;
import static dev.atalaya.agent.config.Option.interval;
import static dev.atalaya.agent.config.Option.list;
import static dev.atalaya.agent.config.Option.map;
import static dev.atalaya.agent.config.Option.number;
import static dev.atalaya.agent.config.Option.onOff;
import static dev.atalaya.agent.config.Option.port;
import static dev.atalaya.agent.config.Option.share;
import static dev.atalaya.agent.config.Option.text;
import static dev.atalaya.agent.config.Option.traceUrl;
import static dev.atalaya.agent.config.Option.url;
import static dev.atalaya.agent.config.Option.words;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All settings, declared once; the help text and the reference page are printed from here.
 *
 * <p>A value that cannot be read is as if it were not set, with one warning.
 */
public final class Options {
  public static final Option<Boolean> ENABLED =
      flag("atalaya.enabled", true, "false makes every woven method do nothing.").live();
  public static final Option<String> CONFIG =
      text("atalaya.config", "", "A Java properties file with more settings, looked at every 5 s.");
  public static final Option<List<String>> HTTP_EXCLUDE =
      list(
              "atalaya.http.exclude",
              "Routes or paths of incoming requests without spans and metrics; * as wildcard.",
              "a path as /health, without a method",
              path -> path.startsWith("/") || path.startsWith("*"))
          .live();
  public static final Option<List<String>> APP_PACKAGES =
      list(
          "atalaya.app.packages",
          "Packages of the application; if not set, it is known by where its classes come from.",
          "a package as com.acme or com.acme.*",
          Form::isPackage);
  public static final Option<Boolean> EXCEPTION_MESSAGES =
      flag(
          "atalaya.exception.messages",
          false,
          "Exceptions' messages in traces; they may quote values.");
  public static final Option<Boolean> DEBUG =
      flag(
          "atalaya.debug",
          false,
          "As a system property: stack traces of the agent's own errors, its libraries' warnings.");
  public static final Option<Boolean> CONSOLE =
      flag("atalaya.console.enabled", true, "The console and the API beside /metrics.");
  public static final Option<String> CONSOLE_TOKEN =
      text(
              "atalaya.console.token",
              "",
              "What the console asks for where the port is bound beyond loopback, and for changes.")
          .secret();

  public static final Option<Long> SLOW_QUERY =
      duration("atalaya.slow.query.threshold", "500ms", "A query that takes longer is slow.")
          .live();
  public static final Option<Long> SLOW_QUERY_RUNNING =
      interval(
              "atalaya.slow.query.running",
              "10s",
              "A query that runs this long is announced while it still runs.")
          .live();
  public static final Option<Long> SLOW_REQUEST =
      duration(
              "atalaya.slow.request.threshold",
              "2s",
              "A request that takes longer is slow; one route's own: the key, a dot and the route.")
          .live();
  public static final Option<Integer> N_PLUS_ONE_READS =
      repeats("", "reads", 5, "Repeats of a SELECT in a request that are judged.");
  public static final Option<Integer> N_PLUS_ONE_WRITES =
      repeats("", "writes", 20, "Repeats of an INSERT, UPDATE or DELETE in a request.");
  public static final Option<Integer> N_PLUS_ONE_REDIS =
      repeats("", "redis", 10, "Repeats of a Redis command in a request.");
  public static final Option<Integer> N_PLUS_ONE_HTTP =
      repeats("", "http", 5, "Repeats of an outgoing HTTP request or RPC in a request.");
  public static final Option<Integer> N_PLUS_ONE_MESSAGE_READS =
      repeats("message.", "reads", 10, "The same for a message, once consumers are instrumented.");
  public static final Option<Integer> N_PLUS_ONE_MESSAGE_WRITES =
      repeats("message.", "writes", 20, "The same for a message, once consumers are instrumented.");
  public static final Option<Integer> N_PLUS_ONE_MESSAGE_REDIS =
      repeats("message.", "redis", 20, "The same for a message, once consumers are instrumented.");
  public static final Option<Integer> N_PLUS_ONE_MESSAGE_HTTP =
      repeats("message.", "http", 10, "The same for a message, once consumers are instrumented.");
  public static final Option<Integer> N_PLUS_ONE_JOB_READS =
      repeats("job.", "reads", 50, "The same for a job, and for work outside of any.");
  public static final Option<Integer> N_PLUS_ONE_JOB_WRITES =
      repeats("job.", "writes", 200, "The same for a job, and for work outside of any.");
  public static final Option<Integer> N_PLUS_ONE_JOB_REDIS =
      repeats("job.", "redis", 200, "The same for a job, and for work outside of any.");
  public static final Option<Integer> N_PLUS_ONE_JOB_HTTP =
      repeats("job.", "http", 50, "The same for a job, and for work outside of any.");
  public static final Option<List<String>> IGNORE_ROUTES =
      list("atalaya.ignore.routes", "", "Entry points without findings: GET /admin/*.").live();
  public static final Option<List<String>> IGNORE_TABLES =
      list("atalaya.ignore.tables", "", "Tables without findings: audit_log.").live();
  public static final Option<List<String>> IGNORE_CALL_SITES =
      list(
              "atalaya.ignore.call_sites",
              "",
              "Classes, or class.method, whose calls make no findings: com.acme.legacy.*.")
          .live();
  public static final Option<List<String>> IGNORE_FINGERPRINTS =
      list("atalaya.ignore.fingerprints", "", "Findings or problems that are not to be told.")
          .live();
  public static final Option<List<String>> TRACES_KEEP =
      words(
          "atalaya.traces.keep",
          "slow,error,finding",
          "Traces that are exported whatever the sampler said: slow, error, finding, none.",
          "slow",
          "error",
          "finding",
          "none");
  public static final Option<Boolean> EXPLAIN =
      onOff("atalaya.explain", false, "on asks the database for the plan of slow SELECTs.");
  public static final Option<Boolean> PROFILE =
      flag(
              "atalaya.profile.enabled",
              true,
              "Samples the stacks of requests that have taken half of what makes them slow.")
          .live();
  public static final Option<Boolean> ALERT_LOG =
      flag("atalaya.alert.log", true, "Alerts as lines of the agent's log.");
  public static final Option<String> ALERT_WEBHOOK =
      url("atalaya.alert.webhook.url", "", "Where alerts are posted to as JSON.").secret();
  public static final Option<String> ALERT_WEBHOOK_SECRET =
      text(
              "atalaya.alert.webhook.secret",
              "",
              "Signs the webhook's body: X-Atalaya-Signature: sha256=<HMAC>.")
          .secret();
  public static final Option<String> ALERT_SLACK =
      url("atalaya.alert.slack.url", "", "A Slack incoming webhook for alerts.").secret();
  public static final Option<String> ALERT_ALERTMANAGER =
      url("atalaya.alert.alertmanager.url", "", "An Alertmanager, http://localhost:9093.");
  public static final Option<String> ALERT_MIN_SEVERITY =
      choice(
              "atalaya.alert.min_severity",
              "warning",
              "The least severe that is alerted about.",
              "info",
              "warning",
              "critical")
          .live();
  public static final Option<Long> ALERT_SILENCE =
      duration("atalaya.alert.silence", "1h", "After an alert, the next about the same problem.")
          .live();
  public static final Option<Boolean> ALERT_SLOW_QUERY =
      flag("atalaya.alert.slow_query.enabled", true, "Alerts about slow queries.").live();
  public static final Option<Boolean> BREAKER =
      flag(
              "atalaya.breaker.enabled",
              true,
              "The agent leaves more and more of its work while it, or the heap, costs too much.")
          .live();
  public static final Option<Double> BREAKER_HEAP =
      share("atalaya.breaker.heap", "90%", "How full the heap may be after collections.").live();
  public static final Option<Double> BREAKER_CPU =
      share("atalaya.breaker.cpu", "50%", "What the agent's threads may use of one core.").live();
  public static final Option<Double> BREAKER_OVERHEAD =
      share("atalaya.breaker.overhead", "25%", "What the agent may add to requests' own time.")
          .live();
  public static final Option<Long> BREAKER_CALM =
      interval(
              "atalaya.breaker.calm",
              "30s",
              "How long all must be well before the agent takes up one kind of work again.")
          .live();
  public static final Option<String> TRACE_URL =
      traceUrl("atalaya.trace.url", "A link to a trace: http://localhost:16686/trace/{traceId}.");

  public static final Option<Boolean> SDK_DISABLED =
      flag("otel.sdk.disabled", false, "true starts the application without the agent.");
  public static final Option<String> SERVICE_NAME =
      text("otel.service.name", "", "The service's name; else that of the main jar or class.");
  public static final Option<Map<String, String>> RESOURCE_ATTRIBUTES =
      map("otel.resource.attributes", "Attributes of the resource: key=value, comma-separated.");
  public static final Option<String> TRACES_EXPORTER =
      choice(
          "otel.traces.exporter", "otlp", "Where traces go.", "otlp", "console", "logging", "none");
  public static final Option<String> METRICS_EXPORTER =
      choice(
          "otel.metrics.exporter", "prometheus", "Where metrics go.", "prometheus", "otlp", "none");
  public static final Option<Long> METRIC_INTERVAL =
      interval("otel.metric.export.interval", "60000", "How often metrics are sent over OTLP.");
  public static final Option<String> PROMETHEUS_HOST =
      text("otel.exporter.prometheus.host", "127.0.0.1", "What the metrics port is bound to.");
  public static final Option<Integer> PROMETHEUS_PORT =
      port("otel.exporter.prometheus.port", 9464, "The metrics port; taken: the next free one.");
  public static final Option<String> OTLP_ENDPOINT =
      url("otel.exporter.otlp.endpoint", "", "The collector; http://localhost:4318 if not set.");
  public static final Option<String> OTLP_PROTOCOL =
      choice(
          "otel.exporter.otlp.protocol",
          "http/protobuf",
          "How traces are sent.",
          "http/protobuf",
          "grpc");
  public static final Option<Map<String, String>> OTLP_HEADERS =
      headers("otel.exporter.otlp.headers", "Headers sent with every export.");
  public static final Option<Long> OTLP_TIMEOUT =
      interval("otel.exporter.otlp.timeout", "10000", "How long one export may take.");
  public static final Option<String> OTLP_COMPRESSION =
      choice("otel.exporter.otlp.compression", "none", "gzip, or none.", "gzip", "none");
  public static final Option<String> OTLP_CERTIFICATE =
      text("otel.exporter.otlp.certificate", "", "A PEM file of certificates to trust.");
  public static final Option<String> OTLP_CLIENT_KEY =
      text("otel.exporter.otlp.client.key", "", "The client's private key for mTLS, PEM, PKCS8.");
  public static final Option<String> OTLP_CLIENT_CERTIFICATE =
      text("otel.exporter.otlp.client.certificate", "", "The client's certificates, PEM.");
  public static final Option<String> TRACES_SAMPLER =
      choice(
          "otel.traces.sampler",
          "parentbased_always_on",
          "Which traces are exported.",
          "always_on",
          "always_off",
          "traceidratio",
          "parentbased_always_on",
          "parentbased_always_off",
          "parentbased_traceidratio",
          "jaeger_remote",
          "parentbased_jaeger_remote");
  public static final Option<String> TRACES_SAMPLER_ARG =
      text(
          "otel.traces.sampler.arg",
          "",
          "The ratio, or for jaeger_remote endpoint=..,pollingIntervalMs=..,"
              + "initialSamplingRate=..");
  public static final Option<List<String>> PROPAGATORS =
      words(
          "otel.propagators",
          "tracecontext,baggage",
          "Headers between services: tracecontext, baggage, b3, b3multi, jaeger.",
          "tracecontext",
          "baggage",
          "b3",
          "b3multi",
          "jaeger",
          "none");
  public static final Option<Long> BSP_SCHEDULE_DELAY =
      duration("otel.bsp.schedule.delay", "5000", "The longest that a span waits for its batch.");
  public static final Option<Integer> BSP_MAX_QUEUE_SIZE =
      number(
          "otel.bsp.max.queue.size", 20_480, "Spans that may wait for export; more are dropped.");
  public static final Option<Integer> BSP_MAX_EXPORT_BATCH_SIZE =
      number("otel.bsp.max.export.batch.size", 512, "The most spans of one export.");
  public static final Option<Long> BSP_EXPORT_TIMEOUT =
      interval("otel.bsp.export.timeout", "30000", "How long a batch may take in all.");
  public static final Option<List<String>> KNOWN_METHODS =
      list(
          "otel.instrumentation.http.known-methods",
          "CONNECT,DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT,QUERY,TRACE",
          "HTTP methods that are named as they are.");

  /** {@code atalaya.instrumentation.<name>.enabled}. */
  public static final String INSTRUMENTATION_PREFIX = "atalaya.instrumentation.";

  /** Which may have settings of their own for OTLP. */
  static final List<String> SIGNALS =
      Collections.unmodifiableList(Arrays.asList("traces", "metrics"));

  /** Followed by a route's pattern; a space in a file's key is written {@code "\\ "}. */
  static final String ROUTE_PREFIX = "atalaya.slow.request.threshold.";

  private static final int LONGEST_SHOWN = 200;

  private final Keys keys = new Keys(all());
  private final Sources sources;
  private final Map<Option<?>, Cached> values = new ConcurrentHashMap<>();

  private Options(Sources sources) {
    this.sources = sources;
  }

  /** Reads all sources; what is wrong with them is in {@link #warnings}. */
  public static Options read(String agentArguments) {
    Options options = new Options(Sources.read(agentArguments));
    options.check();
    return options;
  }

  /** Reads all there is, for the warnings. */
  private void check() {
    for (Option<?> option : all()) {
      get(option);
      for (String signal : SIGNALS) {
        if (!signalKey(option, signal).equals(option.key())) get(option, signal);
      }
    }
    new Checks(this, sources::warn).run();
    slowRoutes();
    sources.warnOfUnknown(keys);
  }

  /** The instrumentations there are: an option that names another gets a warning. */
  public void instrumentations(Collection<String> names) {
    keys.instrumentations(names);
    sources.warnOfUnknown(keys);
  }

  /** How often an operation must repeat in a unit of work to be classified. */
  private static Option<Integer> repeats(String unit, String kind, int defaultValue, String s) {
    return number("atalaya.n_plus_one.threshold." + unit + kind, defaultValue, s).live();
  }

  /** Routes' patterns to what is slow there, in ns; in no order. */
  public Map<String, Long> slowRoutes() {
    Map<String, Long> routes = new LinkedHashMap<>();
    for (String key : sources.keys(ROUTE_PREFIX)) {
      String text = sources.text(key, true);
      if (text != null)
        routes.put(key.substring(ROUTE_PREFIX.length()), parsed(SLOW_REQUEST, key, text));
    }
    return routes;
  }

  /** The value that holds now; live ones may differ at the next call. */
  public <T> T get(Option<T> option) {
    Cached cached = values.get(option);
    if (cached == null || cached.generation != sources.generation()) {
      cached = new Cached(sources.generation(), parsed(option));
      values.put(option, cached);
    }
    @SuppressWarnings("unchecked")
    T value = (T) cached.value;
    return value;
  }

  /** Whether any source sets it. */
  public boolean isSet(Option<?> option) {
    return sources.text(option.key(), option.isLive()) != null;
  }

  /**
   * The value for one signal where set ({@code otel.exporter.otlp.traces.endpoint}), else for all.
   */
  public <T> T get(Option<T> option, String signal) {
    String key = signalKey(option, signal);
    String text = sources.text(key, false);
    return text == null ? get(option) : parsed(option, key, text);
  }

  /** Whether {@link #get(Option, String)} would find a value of the signal's own. */
  public boolean isSet(Option<?> option, String signal) {
    return sources.text(signalKey(option, signal), false) != null;
  }

  /** The option's own key where it is none of OTLP's. */
  static String signalKey(Option<?> option, String signal) {
    return option.key().replace("otel.exporter.otlp.", "otel.exporter.otlp." + signal + ".");
  }

  public boolean instrumentationEnabled(String name) {
    String key = INSTRUMENTATION_PREFIX + name + ".enabled";
    String text = sources.text(key, false);
    return text == null || parsed(ENABLED, key, text);
  }

  /**
   * Sets live options until the next start, below system properties, variables and arguments.
   *
   * @return what is wrong, in which case nothing was set; else null
   */
  public @Nullable String set(Map<String, String> given) {
    for (Map.Entry<String, String> entry : given.entrySet()) {
      Option<?> option = named(entry.getKey());
      String problem = keys.problem(entry.getKey());
      if (problem != null) return problem;
      if (option == null || !option.isLive())
        return entry.getKey() + " changes only with a restart";
      if (sources.fixed(entry.getKey())) return entry.getKey() + " is set by a higher source";
      try {
        option.value(entry.getValue(), Options::refuse);
      } catch (IllegalArgumentException wrong) {
        return entry.getKey() + " expects " + wrong.getMessage();
      }
    }
    sources.set(given);
    return null;
  }

  /** As it is written, for the option or one route of it. */
  String written(String key, Option<?> option) {
    String text = sources.text(key, option.isLive());
    return text == null ? option.defaultText() : text;
  }

  /** Whether it is set where only a start changes it. */
  boolean isFixed(String key) {
    return sources.fixed(key);
  }

  /** What was set while running and is not so without it, by key. */
  Map<String, String> changed() {
    Map<String, String> changed = sources.set();
    changed.entrySet().removeIf(one -> one.getValue().equals(unchanged(one.getKey())));
    return changed;
  }

  private @Nullable String unchanged(String key) {
    String text = sources.fromFile(key);
    Option<?> option = named(key);
    if (text != null || option == null || !option.key().equals(key)) return text;
    return option.defaultText();
  }

  private static void refuse(String entry, String expected, String instead) {
    throw new IllegalArgumentException(expected);
  }

  private static @Nullable Option<?> named(String key) {
    if (key.startsWith(ROUTE_PREFIX)) return SLOW_REQUEST;
    for (Option<?> option : all()) if (option.key().equals(key)) return option;
    return null;
  }

  /** Looks at the file again, and waits for it; true where a live option may have changed. */
  boolean refresh() {
    return changed(sources.refresh());
  }

  /** Begins to look at the file again, and waits for nothing. */
  public void look() {
    sources.look();
  }

  /** True where that has found that a live option may have changed. */
  public boolean hasChanged() {
    return changed(sources.take());
  }

  private boolean changed(boolean changed) {
    if (changed) check();
    return changed;
  }

  /** One line each; emptied by the call. */
  public List<String> warnings() {
    return sources.takeWarnings();
  }

  /** In the order of their declaration. */
  public static List<Option<?>> all() {
    List<Option<?>> all = new ArrayList<>();
    try {
      for (Field field : Options.class.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class) {
          all.add((Option<?>) field.get(null));
        }
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
    return Collections.unmodifiableList(all);
  }

  private <T> T parsed(Option<T> option) {
    String text = sources.text(option.key(), option.isLive());
    return text == null ? option.value(option.defaultText()) : parsed(option, option.key(), text);
  }

  private <T> T parsed(Option<T> option, String key, String text) {
    try {
      return option.value(
          text,
          (entry, expected, instead) ->
              warn(key + " has '" + shownEntry(option, entry), expected, instead));
    } catch (IllegalArgumentException wrong) {
      boolean none = option.defaultText().isEmpty();
      String instead = none ? Form.WITHOUT : "using '" + option.defaultText() + "'";
      warn(key + " is '" + shown(option, text), String.valueOf(wrong.getMessage()), instead);
      return option.value(option.defaultText());
    }
  }

  private void warn(String what, String expected, String instead) {
    sources.warn(what + "', expected " + expected + "; " + instead);
  }

  /** Of a header that is wrong, its name. */
  private static String shownEntry(Option<?> option, String entry) {
    int name = entry.indexOf('=');
    if (!option.isSecret() || name < 0) return shown(option, entry);
    return entry.substring(0, name + 1) + "...";
  }

  /** A secret is not repeated in a warning, nor is a URL's user. */
  private static String shown(Option<?> option, String text) {
    if (option.isSecret()) return "...";
    int at = text.lastIndexOf('@');
    int scheme = text.lastIndexOf("://", Math.max(0, at));
    String plain =
        at < 0 ? text : text.substring(0, scheme < 0 ? 0 : scheme + 3) + "..." + text.substring(at);
    return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "..." : plain;
  }

  private static final class Cached {
    final int generation;
    final Object value;

    Cached(int generation, Object value) {
      this.generation = generation;
      this.value = value;
    }
  }
}
