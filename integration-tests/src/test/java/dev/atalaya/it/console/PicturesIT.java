package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A stranger's way through the console of the shop: from the list to the worst problem's fix, and
 * to a trace of it. The pictures of the way are the README's; they are left in {@code
 * target/pictures}, or where {@code -Dpictures=../docs/pictures} says.
 */
final class PicturesIT {
  private static final Path FOLDER = Path.of(System.getProperty("pictures", "target/pictures"));

  @Test
  void the_worst_problem_of_the_shop_leads_to_its_fix_and_to_a_trace() {
    assumeTrue(Chromium.isThere(), Chromium.MISSING);
    try (Chromium chromium = new Chromium();
        Console shop = Console.of(Shop.launch().property("otel.service.name", "shop"))) {
      for (int i = 0; i < 3; i++) Shop.walk(shop.app(), Shop.WALK);
      assertTrue(Otlp.await(() -> worst(shop).has("problem")), () -> shop.page("api/problems"));
      Page page = chromium.page(1200, ColorScheme.LIGHT, true);
      page.navigate(shop.url(""));
      picture(page, "problems");

      JsonNode worst = worst(shop);
      page.click("a[href='/problems/" + worst.get("problem").asText() + "']");
      assertTrue(page.content().contains("What to change"), page.url());
      String line = worst.at("/call_site/file").asText() + ":" + worst.at("/call_site/line");
      assertTrue(page.locator("main").innerText().contains(line), line);
      String fix = worst.at("/fix/code").asText();
      assertTrue(page.locator("figure.code pre").first().innerText().contains(fix), fix);
      picture(page, "problem");

      page.click("a[href^='/traces/'] >> nth=0");
      assertTrue(page.locator("table.waterfall tr").count() > 3, page::content);
      picture(page, "trace");
    }
  }

  /** The N+1 of a statement that wastes most; empty where there is none yet. */
  private static JsonNode worst(Console shop) {
    for (JsonNode one : shop.api("problems")) {
      if (one.get("kind").asText().equals("n_plus_one")) return one;
    }
    return shop.api("problems").path("none");
  }

  private static void picture(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
  }
}
