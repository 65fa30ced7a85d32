package dev.atalaya.it.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The machine's own Chromium, without a window; the Node.js on the path runs what drives it. */
final class Chromium implements AutoCloseable {
  static final String MISSING =
      "Needs CHROMIUM_BIN, the path of a Chromium, and Node.js 20 or newer on the PATH.";

  private static final String FAULTS =
      "axe.run().then(found => found.violations.map(one => one.id + ': '"
          + " + one.nodes.map(node => node.html).join(' | ')))";

  private final Playwright playwright;
  private final Browser browser;
  private final String axe;

  Chromium() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    environment.putIfAbsent("PLAYWRIGHT_NODEJS_PATH", node());
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(System.getenv("CHROMIUM_BIN")))
                    .setArgs(
                        List.of("--no-sandbox"))); // root, as which containers build, gets none
    try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
      axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static boolean isThere() {
    return System.getenv("CHROMIUM_BIN") != null && !node().isEmpty();
  }

  /** Empty where there is none on the path. */
  private static String node() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path node = Path.of(folder, "node");
      if (Files.isExecutable(node)) return node.toString();
    }
    return "";
  }

  Page page(int width, ColorScheme scheme, boolean scripts) {
    return browser
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(scripts))
        .newPage();
  }

  /** What axe finds on the page, a line for each rule that it breaks. */
  List<?> faults(Page page) {
    page.evaluate(axe);
    return (List<?>) page.evaluate(FAULTS);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
