package shop;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine's own Chromium, without a window; Node.js runs what drives it. */
final class Chromium implements AutoCloseable {
  static final String MISSING =
      "The browser test needs Chromium (CHROMIUM_BIN, or chromium on the PATH: apt-get install"
          + " chromium) and Node.js 20 or newer (PLAYWRIGHT_NODEJS_PATH, or node on the PATH;"
          + " ./mvnw -Pnode brings one along, 200 MB).";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path program, Optional<Path> node) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    node.ifPresent(path -> environment.put("PLAYWRIGHT_NODEJS_PATH", path.toString()));
    playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    // Root, as which containers build, gets none.
                    .setArgs(List.of("--no-sandbox")));
  }

  /** Empty where something is missing. */
  static Optional<Chromium> find() {
    Optional<Path> program = program("CHROMIUM_BIN", "chromium");
    Optional<Path> node = program("PLAYWRIGHT_NODEJS_PATH", "node").filter(Chromium::isNewEnough);
    boolean bundled = Chromium.class.getResource("/driver/linux/node") != null;
    return program
        .filter(found -> bundled || node.isPresent())
        .map(found -> new Chromium(found, node));
  }

  /** Somebody who was never here before. */
  BrowserContext visitor(String shop) {
    BrowserContext visitor = browser.newContext(new Browser.NewContextOptions().setBaseURL(shop));
    visitor.setDefaultTimeout(10_000);
    return visitor;
  }

  @Override
  public void close() {
    playwright.close();
  }

  /** What the variable names, else what is on the path. */
  private static Optional<Path> program(String variable, String name) {
    String named = System.getenv(variable);
    return named != null
        ? Optional.of(Path.of(named))
        : Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
  }

  private static boolean isNewEnough(Path node) {
    try {
      Process asked = new ProcessBuilder(node.toString(), "--version").start();
      String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      Matcher version = Pattern.compile("v(\\d+)\\..*").matcher(answer.strip());
      return version.matches() && Integer.parseInt(version.group(1)) >= 20;
    } catch (IOException notThere) {
      return false;
    }
  }
}
