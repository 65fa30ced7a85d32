package shop.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** report.html: one file that needs no other, for any screen, light and dark. */
final class Page {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Page() {}

  static String of(Comparison comparison) {
    return """
        <!doctype html>
        <html lang='en'>
        <head>
        <meta charset='utf-8'>
        <meta name='viewport' content='width=device-width, initial-scale=1'>
        <meta name='color-scheme' content='light dark'>
        <title>The shop, from slow to fast</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s
        %s
        %s
        %s
        %s
        %s
        %s
        %s
        </main>
        </body>
        </html>
        """
        .formatted(
            styles(),
            head(comparison),
            VerdictSection.of(comparison),
            EndpointSection.of(comparison),
            TimeSection.of(comparison),
            CapacitySection.of(comparison),
            CacheSection.of(comparison),
            ProblemSection.of(comparison),
            MethodSection.of(comparison));
  }

  private static String head(Comparison comparison) {
    EditionFigures naive = comparison.naive();
    EditionFigures tuned = comparison.tuned();
    String lead =
        Text.format(
            "Under the same load, on the same %d processors, the tuned edition answers in %s on"
                + " average, the naive one in %s.",
            comparison.machine().processors(),
            Text.millis(tuned.times().mean()),
            Text.millis(naive.times().mean()));
    return "<header><h1>The shop, from slow to fast</h1>"
        + "<p class='lead'>"
        + lead
        + "</p><p class='quiet'>"
        + DAY.format(comparison.written())
        + "</p>"
        + "<dl class='tiles'>"
        + tile(
            "95th percentile", Text.millis(naive.times().p95()), Text.millis(tuned.times().p95()))
        + tile(
            "statements a request", Text.count(naive.statements()), Text.count(tuned.statements()))
        + tile(
            "allocated a request",
            Text.bytes(naive.allocatedBytes()),
            Text.bytes(tuned.allocatedBytes()))
        + tile(
            "CPU, shop and databases",
            Text.percent(naive.resources().cpu()),
            Text.percent(tuned.resources().cpu()))
        + tile(
            "problems to act on",
            Long.toString(comparison.alarming(Edition.NAIVE).size()),
            Long.toString(comparison.alarming(Edition.TUNED).size()))
        + tile("cache hits", hits(naive), hits(tuned))
        + "</dl></header>";
  }

  private static String hits(EditionFigures edition) {
    return edition.cached() ? Text.percent(edition.hitRate()) : "no cache";
  }

  private static String tile(String what, String naive, String tuned) {
    return "<div><dt>"
        + what
        + "</dt><dd><span class='before'>"
        + naive
        + "</span> <span class='arrow'>→</span> <strong>"
        + tuned
        + "</strong></dd></div>";
  }

  private static String styles() {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
