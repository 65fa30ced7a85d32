package dev.atalaya.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @TempDir Path folder;

  @Test
  void a_property_beats_an_argument_and_that_the_default() {
    assertEquals("127.0.0.1", Options.read("").get(Options.PROMETHEUS_HOST));
    String argument = "otel.exporter.prometheus.host=10.0.0.1";
    assertEquals("10.0.0.1", Options.read(argument).get(Options.PROMETHEUS_HOST));
    System.setProperty("otel.exporter.prometheus.host", "10.0.0.2");
    try {
      assertEquals("10.0.0.2", Options.read(argument).get(Options.PROMETHEUS_HOST));
    } finally {
      System.clearProperty("otel.exporter.prometheus.host");
    }
  }

  @Test
  void an_arguments_value_may_hold_commas() {
    Options options =
        Options.read("otel.propagators=tracecontext,b3,otel.service.name=shop,atalaya.debug=true");
    assertEquals(Arrays.asList("tracecontext", "b3"), options.get(Options.PROPAGATORS));
    assertEquals("shop", options.get(Options.SERVICE_NAME));
    assertTrue(options.get(Options.DEBUG));
  }

  @Test
  void a_slip_of_the_pen_is_met_with_the_nearest_key() {
    List<String> warnings = Options.read("atalaya.enable=false").warnings();
    assertEquals(
        Collections.singletonList("unknown option atalaya.enable; did you mean atalaya.enabled?"),
        warnings);
  }

  @ParameterizedTest
  @CsvSource({
    "otel.exporter.otlp.endpont=zzz, did you mean otel.exporter.otlp.endpoint?",
    "otel.exporter.otlp.traces.heders=a=b, did you mean otel.exporter.otlp.traces.headers?",
    "foo=bar, unknown option foo",
    "atalaya.slow.query.threshold=soon, expected a duration as 500ms or 2s",
    "atalaya.slow.request.threshold.GET /orders=soon, expected a duration as 500ms or 2s",
    "atalaya.explain=maybe, expected on or off",
    "atalaya.n_plus_one.treshold.reads=9, did you mean atalaya.n_plus_one.threshold.reads?",
    "atalaya.debug, is no key=value",
    "otel.propagators=b3;bogus, expected [tracecontext; baggage; b3; b3multi; jaeger; none]",
    "otel.exporter.prometheus.port=99999, expected a number from 0 to 65535",
    "otel.bsp.max.queue.size=0, expected a number from 1",
    "otel.exporter.otlp.endpoint=nonsense, expected a URL as http://localhost:4318",
    "otel.exporter.otlp.traces.endpoint=http://, expected a URL as http://localhost:4318",
    "otel.traces.sampler.arg=0.1, 'expected nothing for parentbased_always_on; going on without it'",
  })
  void what_is_wrong_is_said_once(String arguments, String expected) {
    List<String> warnings = Options.read(arguments.replace(';', ',')).warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).contains(expected.replace(';', ',').replace(", going on", "; going on")),
        warnings::toString);
  }

  @Test
  void a_routes_own_threshold_changes_live_too() {
    Options options = Options.read("");
    String key = "atalaya.slow.request.threshold.GET /reports/*";
    assertEquals(null, options.set(Collections.singletonMap(key, "5s")));
    assertEquals(Collections.singletonMap("GET /reports/*", 5_000_000_000L), options.slowRoutes());
    assertTrue(options.set(Collections.singletonMap(key, "soon")).contains("a duration"));
  }

  @Test
  void nothing_is_suggested_that_is_not_near() {
    assertEquals(
        Collections.singletonList("unknown option atalaya.zebra"),
        Options.read("atalaya.zebra=1").warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "otel.logs.exporter=none",
        "otel.exporter.otlp.logs.endpoint=http://a",
        "otel.exporter.otlp.traces.endpoint=http://a",
        "otel.exporter.otlp.metrics.temporality.preference=delta",
        "otel.exporter.otlp.endpoint=collector:4317",
        "otel.attribute.value.length.limit=100",
        "otel.java.disabled.resource.providers=a",
        "otel.resource.providers.aws.enabled=true",
        "otel.propagators=none",
        "otel.exporter.prometheus.port=0",
        "atalaya.instrumentation.jdbc.enabled=false",
        "otel.service.name=",
        ",otel.service.name=shop,",
        "",
      })
  void what_is_right_or_opentelemetrys_is_passed_over(String arguments) {
    assertEquals(Collections.emptyList(), Options.read(arguments).warnings());
  }

  @Test
  void an_instrumentation_that_is_none_is_met_with_the_nearest() {
    Options options = Options.read("atalaya.instrumentation.jdcb.enabled=false");
    options.instrumentations(Arrays.asList("jdbc", "hikari"));
    assertEquals(
        Collections.singletonList(
            "unknown option atalaya.instrumentation.jdcb.enabled;"
                + " did you mean atalaya.instrumentation.jdbc.enabled?"),
        options.warnings());
  }

  @Test
  void an_empty_value_hides_none_below() {
    System.setProperty("otel.service.name", "");
    try {
      assertEquals("shop", Options.read("otel.service.name=shop").get(Options.SERVICE_NAME));
      String variable = System.getenv("PATH");
      System.setProperty("path", "");
      assertEquals(variable, Sources.read("").text("path", false));
    } finally {
      System.clearProperty("otel.service.name");
      System.clearProperty("path");
    }
  }

  @Test
  void a_value_that_cannot_be_read_is_as_if_not_set() {
    Options options = Options.read("otel.exporter.prometheus.port=many");
    assertEquals(9464, options.get(Options.PROMETHEUS_PORT));
    assertTrue(options.warnings().get(0).contains("expected a number"), "one warning");
  }

  @Test
  void a_wrong_value_of_a_secret_is_not_repeated() {
    Options options = Options.read("otel.exporter.otlp.headers=s3cr3t");
    for (String warning : options.warnings()) assertFalse(warning.contains("s3cr3t"), warning);
  }

  @Test
  void shares_read_as_people_write_them() {
    for (String text : new String[] {"25%", "25 %", "0.25", " .25 "}) {
      assertEquals(0.25, Options.BREAKER_CPU.value(text));
    }
    assertEquals(2, Options.BREAKER_CPU.value("200%"));
    for (String text : new String[] {"", "%", "0", "-1%", "NaN", "a quarter", "1e9"}) {
      assertThrows(IllegalArgumentException.class, () -> Options.BREAKER_CPU.value(text), text);
    }
  }

  @Test
  void durations_read_as_people_write_them() {
    assertEquals(500_000_000L, delay("500ms"));
    assertEquals(500_000_000L, delay("500"));
    assertEquals(2_000_000_000L, delay("2s"));
    assertEquals(300_000_000_000L, delay("5m"));
    assertEquals(3_600_000_000_000L, delay("1h"));
    assertEquals(5_000_000_000L, delay("soon"), "the default");
  }

  @Test
  void a_signals_own_key_wins() {
    Options options =
        Options.read(
            "otel.exporter.otlp.endpoint=http://a,otel.exporter.otlp.traces.endpoint=http://b");
    assertEquals("http://b", options.get(Options.OTLP_ENDPOINT, "traces"));
    assertEquals("http://a", options.get(Options.OTLP_ENDPOINT, "metrics"));
  }

  @Test
  void the_file_is_below_all_and_live_options_follow_it() throws Exception {
    Path file = folder.resolve("atalaya.properties");
    Files.write(file, Arrays.asList("atalaya.enabled=false", "otel.service.name=first"));
    Options options = Options.read("atalaya.config=" + file);
    assertFalse(options.get(Options.ENABLED));
    assertEquals("first", options.get(Options.SERVICE_NAME));

    Files.write(file, Arrays.asList("atalaya.enabled=true", "otel.service.name=second"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 10_000));
    assertTrue(options.refresh());
    assertTrue(options.get(Options.ENABLED));
    assertEquals("first", options.get(Options.SERVICE_NAME), "needs a restart");
    assertFalse(options.refresh(), "nothing new");
  }

  @Test
  void of_the_file_and_what_was_set_the_last_change_wins() throws Exception {
    Path file = folder.resolve("atalaya.properties");
    Files.write(file, Arrays.asList("atalaya.enabled=true", "atalaya.http.exclude=/a"));
    Options options = Options.read("atalaya.config=" + file);
    options.set(Collections.singletonMap("atalaya.enabled", "false"));
    options.set(Collections.singletonMap("atalaya.http.exclude", ""));
    assertFalse(options.get(Options.ENABLED));
    assertEquals(Collections.emptyList(), options.get(Options.HTTP_EXCLUDE));

    change(options, file, 1, "atalaya.enabled=true", "atalaya.http.exclude=/b");
    assertEquals(Collections.singletonList("/b"), options.get(Options.HTTP_EXCLUDE));
    assertFalse(options.get(Options.ENABLED), "the file's did not change");

    change(options, file, 2, "atalaya.http.exclude=/b");
    assertTrue(options.get(Options.ENABLED), "the file's is gone, and the default holds");
  }

  @Test
  void a_change_of_the_file_brings_its_warnings_at_once() throws Exception {
    Path file = folder.resolve("atalaya.properties");
    Files.write(file, Arrays.asList("atalaya.enabled=false"));
    Options options = Options.read("atalaya.config=" + file);

    change(options, file, 1, "atalaya.enabled=perhaps", "atalaya.htp.exclude=/a");
    List<String> warnings = options.warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("perhaps"), warnings::toString);
    assertTrue(warnings.get(1).contains("atalaya.http.exclude"), warnings::toString);

    change(options, file, 2, "atalaya.enabled=perhaps", "atalaya.http.exclude=/a");
    assertEquals(Collections.emptyList(), options.warnings(), "said already");
    change(options, file, 3, "atalaya.enabled=false");
    change(options, file, 4, "atalaya.enabled=perhaps");
    assertEquals(1, options.warnings().size(), "wrong anew");

    change(options, file, 5, "atalaya.enabled=false");
    Files.delete(file);
    assertFalse(options.refresh());
    assertTrue(options.warnings().get(0).endsWith("its last settings hold"));
    assertFalse(options.get(Options.ENABLED));
  }

  private static void change(Options options, Path file, int number, String... lines)
      throws Exception {
    Files.write(file, Arrays.asList(lines));
    Files.setLastModifiedTime(
        file, FileTime.fromMillis(System.currentTimeMillis() + number * 10_000));
    assertTrue(options.refresh());
  }

  @Test
  void a_file_that_cannot_be_read_is_one_warning() {
    Options options = Options.read("atalaya.config=" + folder.resolve("none"));
    assertTrue(options.warnings().get(0).contains("cannot be read"));
    options.refresh();
    assertEquals(Collections.emptyList(), options.warnings());
  }

  @Test
  void live_options_can_be_set_and_others_not() {
    Options options = Options.read("");
    assertNull(options.set(Collections.singletonMap("atalaya.enabled", "false")));
    assertFalse(options.get(Options.ENABLED));
    assertNotNull(options.set(Collections.singletonMap("otel.service.name", "x")));
    assertNotNull(options.set(Collections.singletonMap("atalaya.enabled", "perhaps")));
    assertNotNull(
        Options.read("atalaya.enabled=true")
            .set(Collections.singletonMap("atalaya.enabled", "false")),
        "a higher source has set it");
  }

  @Test
  void every_option_has_a_sentence_and_a_default_that_reads() {
    for (Option<?> option : Options.all()) {
      assertTrue(option.sentence().endsWith("."), option.key());
      assertNotNull(option.value(option.defaultText()), option.key());
    }
  }

  private static long delay(String text) {
    return Options.read("otel.bsp.schedule.delay=" + text).get(Options.BSP_SCHEDULE_DELAY);
  }
}
