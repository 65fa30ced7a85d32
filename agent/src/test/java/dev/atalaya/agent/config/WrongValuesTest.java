package dev.atalaya.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever cannot be read is said, once: which key, what is wrong, what is used instead. */
class WrongValuesTest {
  /** For which any text is right. */
  private static final Set<Option<?>> ANY_TEXT =
      new HashSet<>(
          Arrays.asList(
              Options.CONFIG,
              Options.CONSOLE_TOKEN,
              Options.IGNORE_ROUTES,
              Options.IGNORE_TABLES,
              Options.IGNORE_CALL_SITES,
              Options.IGNORE_FINGERPRINTS,
              Options.ALERT_WEBHOOK_SECRET,
              Options.SERVICE_NAME,
              Options.PROMETHEUS_HOST,
              Options.OTLP_CERTIFICATE,
              Options.OTLP_CLIENT_KEY,
              Options.OTLP_CLIENT_CERTIFICATE,
              Options.KNOWN_METHODS));

  static List<Option<?>> options() {
    return Options.all();
  }

  @ParameterizedTest
  @MethodSource("options")
  void no_option_takes_nonsense_without_a_word(Option<?> option) {
    String nonsense = "no sense%";
    List<String> warnings = Options.read(option.key() + "=" + nonsense).warnings();
    if (ANY_TEXT.contains(option)) {
      warnings.removeIf(line -> line.startsWith("atalaya.config: "));
      assertEquals(Collections.emptyList(), warnings);
      return;
    }
    assertEquals(1, warnings.size(), warnings::toString);
    String warning = warnings.get(0);
    assertTrue(warning.startsWith(option.key() + " "), warning);
    assertEquals(option.isSecret(), !warning.contains(nonsense), warning);
    boolean instead = warning.contains("; using '") || warning.endsWith("; going on without it");
    assertTrue(warning.contains(", expected ") && instead, warning);
  }

  @Test
  void every_duration_and_number_has_its_bounds() {
    Set<String> silent = new TreeSet<>();
    for (Option<?> option : Options.all()) {
      Object value = option.value(option.defaultText());
      if (!(value instanceof Long || value instanceof Integer)) continue;
      for (String wrong :
          Arrays.asList("-1", "999999999999h", "1e3", "1.5s", "0x10", "\u2212" + 5)) {
        List<String> warnings = Options.read(option.key() + "=" + wrong).warnings();
        if (warnings.size() != 1) silent.add(option.key() + "=" + wrong + " " + warnings);
      }
    }
    assertEquals(Collections.emptySet(), silent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          otel.traces.sampler=traceidratio,otel.traces.sampler.arg=1.7 => otel.traces.sampler.arg is '1.7', expected a ratio from 0 to 1; using '1.0'
          otel.traces.sampler=parentbased_traceidratio,otel.traces.sampler.arg=abc => otel.traces.sampler.arg is 'abc', expected a ratio from 0 to 1; using '1.0'
          otel.traces.sampler=traceidratio,otel.traces.sampler.arg=-0.1 => otel.traces.sampler.arg is '-0.1', expected a ratio from 0 to 1; using '1.0'
          otel.traces.sampler=traceidratio,otel.traces.sampler.arg=NaN => otel.traces.sampler.arg is 'NaN', expected a ratio from 0 to 1; using '1.0'
          otel.traces.sampler.arg=0.1 => otel.traces.sampler.arg is '0.1', expected nothing for parentbased_always_on; going on without it
          otel.traces.sampler=jaeger_remote,otel.traces.sampler.arg=endpoint=x:1,pollingIntervalMs=-5 => otel.traces.sampler.arg has 'pollingIntervalMs=-5', expected a number from 1; using '60000'
          otel.traces.sampler=jaeger_remote,otel.traces.sampler.arg=endpoint=nonsense => otel.traces.sampler.arg has 'endpoint=nonsense', expected a URL as http://localhost:14250; asking nobody
          otel.traces.sampler=jaeger_remote,otel.traces.sampler.arg=initialSamplingRate=2 => otel.traces.sampler.arg has 'initialSamplingRate=2', expected a ratio from 0 to 1; using '1.0'
          otel.traces.sampler=jaeger_remote,otel.traces.sampler.arg=rate=1 => otel.traces.sampler.arg has 'rate=1', expected endpoint=.., pollingIntervalMs=.., initialSamplingRate=..; going on without it
          atalaya.traces.keep=slow,eror => atalaya.traces.keep has 'eror', expected [slow, error, finding, none]; going on without it
          atalaya.trace.url=http://localhost:16686/trace/ => atalaya.trace.url is 'http://localhost:16686/trace/', expected a URL with {traceId} in it; going on without it
          atalaya.trace.url=/trace/{traceId} => atalaya.trace.url is '/trace/{traceId}', expected a URL with {traceId} in it; going on without it
          otel.resource.attributes=a=b,c => otel.resource.attributes has 'c', expected key=value, comma-separated; going on without it
          otel.resource.attributes==b,c=d => otel.resource.attributes has '=b', expected key=value, comma-separated; going on without it
          otel.resource.attributes=a=%zz => otel.resource.attributes has 'a=%zz', expected two hexadecimal digits after %; taking it as it is
          otel.exporter.otlp.headers=api key=s3cret => otel.exporter.otlp.headers has 'api key=...', expected a header as name=value; going on without it
          otel.exporter.otlp.headers=a=s3cret%0d%0aX: y => otel.exporter.otlp.headers has 'a=...', expected a header as name=value; going on without it
          otel.exporter.otlp.headers=s3cret => otel.exporter.otlp.headers has '...', expected key=value, comma-separated; going on without it
          otel.exporter.otlp.endpoint=http://h:70000 => otel.exporter.otlp.endpoint is 'http://h:70000', expected a URL as http://localhost:4318; going on without it
          otel.exporter.otlp.endpoint=ftp://ann:s3cret@h => otel.exporter.otlp.endpoint is 'ftp://...@h', expected a URL as http://localhost:4318; going on without it
          otel.exporter.otlp.timeout=0 => otel.exporter.otlp.timeout is '0', expected a duration as 500ms or 2s, above 0; using '10000'
          otel.bsp.max.export.batch.size=1000,otel.bsp.max.queue.size=500 => otel.bsp.max.export.batch.size is '1000', expected at most otel.bsp.max.queue.size; using '500'
          otel.exporter.prometheus.port=-1 => otel.exporter.prometheus.port is '-1', expected a number from 0 to 65535; using '9464'
          otel.traces.exporter=otlp,console => otel.traces.exporter is 'otlp,console', expected one of [otlp, console, logging, none]; using 'otlp'
          atalaya.alert.min_severity=warn => atalaya.alert.min_severity is 'warn', expected one of [info, warning, critical]; using 'warning'
          atalaya.alert.slack.url=hooks.slack.com/s3cret => atalaya.alert.slack.url is '...', expected a URL as http://localhost:4318; going on without it
          atalaya.alert.webhook.url=ftp://hook/s3cret?a=b => atalaya.alert.webhook.url is '...', expected a URL as http://localhost:4318; going on without it
          atalaya.http.exclude=/health,GET /ready => atalaya.http.exclude has 'GET /ready', expected a path as /health, without a method; going on without it
          atalaya.app.packages=com.*.shop => atalaya.app.packages has 'com.*.shop', expected a package as com.acme or com.acme.*; going on without it
          atalaya.alert.silence=1d => atalaya.alert.silence is '1d', expected a duration as 500ms, 2s, 5m or 1h; using '1h'
          """)
  void what_is_wrong_is_named_with_what_is_used_instead(String arguments, String warning) {
    List<String> warnings = Options.read(arguments).warnings();
    assertEquals(Collections.singletonList(warning), warnings);
  }

  @Test
  void what_is_right_of_a_list_holds() {
    Options options =
        Options.read(
            "atalaya.traces.keep=slow,eror,otel.resource.attributes=a=b,c,d=e,"
                + "otel.exporter.otlp.headers=x y=1,z=2,atalaya.http.exclude=/a,b,*c");
    assertEquals(Collections.singletonList("slow"), options.get(Options.TRACES_KEEP));
    assertEquals(Map.of("a", "b", "d", "e"), options.get(Options.RESOURCE_ATTRIBUTES));
    assertEquals(Collections.singletonMap("z", "2"), options.get(Options.OTLP_HEADERS));
    assertEquals(Arrays.asList("/a", "*c"), options.get(Options.HTTP_EXCLUDE));
  }

  @Test
  void what_is_right_is_no_matter_of_words() {
    for (String right :
        Arrays.asList(
            "otel.traces.sampler=traceidratio,otel.traces.sampler.arg=0.25",
            "otel.traces.sampler=jaeger_remote,otel.traces.sampler.arg="
                + "endpoint=http://h:14250,pollingIntervalMs=5000,initialSamplingRate=0.25",
            "atalaya.trace.url=https://jaeger.example/trace/{traceId}?uiFind=x",
            "otel.exporter.otlp.headers=Authorization=Basic%20abc%3D",
            "otel.resource.attributes=a=b%20c, d=e+f",
            "atalaya.app.packages=com.acme,org.x.*,app_1",
            "atalaya.http.exclude=/a*,*.png",
            "atalaya.traces.keep=none")) {
      assertEquals(Collections.emptyList(), Options.read(right).warnings(), right);
    }
  }

  @Test
  void a_wrong_entry_of_a_live_list_is_refused() {
    Options options = Options.read("");
    String refused = options.set(Collections.singletonMap("atalaya.http.exclude", "/a,GET /b"));
    assertEquals("atalaya.http.exclude expects a path as /health, without a method", refused);
    assertFalse(options.get(Options.HTTP_EXCLUDE).contains("/a"));
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 4_318, 20_260_131})
  void whatever_is_given_is_read_or_said(long seed) {
    Random random = new Random(seed);
    String pieces =
        "0 1 9 - + . ms s h m % %4 %41 = , ; : / http:// @ * {traceId} true of a b [ ] \u00e9";
    String[] parts = pieces.split(" ");
    for (int i = 0; i < 4_000; i++) {
      Option<?> option = Options.all().get(random.nextInt(Options.all().size()));
      if (option == Options.CONFIG) continue;
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "" : option.defaultText());
      for (int n = random.nextInt(6); n >= 0; n--) {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, parts[random.nextInt(parts.length)]);
      }
      if (option.isSecret()) text.append("s3cr3t");
      String told = option.key() + "=" + text + ", seed " + seed;
      Options options;
      try {
        options = Options.read(option.key() + "=" + text);
        assertNotNull(options.get(option), told);
      } catch (RuntimeException broken) {
        throw new AssertionError(told, broken);
      }
      for (String warning : options.warnings()) {
        assertTrue(warning.startsWith(option.key() + " "), () -> warning + " of " + told);
        assertTrue(warning.contains("', expected "), () -> warning + " of " + told);
        assertFalse(warning.contains("s3cr3t"), () -> warning + " of " + told);
      }
    }
  }
}
