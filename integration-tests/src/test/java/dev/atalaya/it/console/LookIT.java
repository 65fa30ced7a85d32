package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Otlp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The console's pages in a browser: at three widths, light and dark, with scripts and without. The
 * pictures are left in {@code target/console}.
 */
final class LookIT {
  private static final Path PICTURES = Path.of("target", "console");

  private static Console console;
  private static Chromium chromium;
  private static String problem;
  private static String trace;

  @BeforeAll
  static void start() {
    assumeTrue(Chromium.isThere(), Chromium.MISSING);
    chromium = new Chromium();
    console =
        Console.of(
            App.main("app.FindingsApp")
                .release(17)
                .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
                .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
                .property("atalaya.console.token", "s3cret")
                .nothingIsSlow());
    console.page("api/routes"); // somebody looks, so that what comes now is watched
    trace = console.app().get("/list").traceId();
    Finding finding = Findings.only(console.app(), "GET /list", 1);
    problem = finding.text("problem");
    assertEquals(404, console.app().get("/nothing").status());
    assertTrue(Otlp.await(() -> !console.api("traces/" + trace).isEmpty()), "the trace is kept");
  }

  @AfterAll
  static void stop() {
    if (console != null) console.close();
    if (chromium != null) chromium.close();
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("problems", "");
    pages.put("problem", "problems/" + problem);
    pages.put("traces", "traces");
    pages.put("trace", "traces/" + trace);
    for (String name : List.of("routes", "statements", "errors", "running", "doctor", "settings")) {
      pages.put(name, name);
    }
    String statement = console.api("statements").at("/0/statement").asText();
    pages.put("statement", "statements/" + statement);
    return pages;
  }

  @Test
  void axe_finds_nothing_and_nothing_is_wider_than_the_page() {
    List<String> wrong = new ArrayList<>();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(400, 1000, 1600)) {
        Page page = chromium.page(width, scheme, true);
        page.onConsoleMessage(
            message -> {
              if (message.type().equals("error")) wrong.add(page.url() + ": " + message.text());
            });
        pages()
            .forEach(
                (name, path) -> {
                  page.navigate(console.url(path));
                  String picture = name + "-" + width + "-" + scheme.name().toLowerCase();
                  page.screenshot(
                      new Page.ScreenshotOptions()
                          .setFullPage(true)
                          .setPath(PICTURES.resolve(picture + ".png")));
                  for (Object fault : chromium.faults(page)) wrong.add(picture + ": " + fault);
                  Object wide =
                      page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
                  if (((Number) wide).intValue() > 0) wrong.add(picture + " is wider by " + wide);
                });
        page.context().close();
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void without_scripts_a_problem_is_found_and_leads_to_its_trace() {
    Page page = chromium.page(1000, ColorScheme.LIGHT, false);
    page.navigate(console.url(""));
    page.selectOption("select[name=kind]", "n_plus_one");
    page.click("form.filter button");
    page.click("a[href='/problems/" + problem + "']");
    assertTrue(page.content().contains("What to change"), page.url());
    page.click("a[href='/traces/" + trace + "'] >> nth=0");
    assertTrue(page.content().contains("waterfall"), page.url());
    page.context().close();
  }

  @Test
  void a_page_is_small_and_shows_what_is_new_by_itself() {
    for (Map.Entry<String, String> one : pages().entrySet()) {
      int length = console.page(one.getValue()).length();
      assertTrue(length < 150 * 1024, one.getKey() + ": " + length);
    }
    Page page = chromium.page(1000, ColorScheme.LIGHT, true);
    page.navigate(console.url("routes"));
    page.evaluate("document.querySelector('.brand').dataset.same = 'yes'");
    assertEquals(404, console.app().get("/nothing/else").status());
    String before = page.locator("main").innerHTML();
    assertTrue(Otlp.await(() -> !page.locator("main").innerHTML().equals(before)), before);
    assertEquals("yes", page.evaluate("document.querySelector('.brand').dataset.same"));
    page.context().close();
  }
}
