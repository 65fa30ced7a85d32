package shop.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import one.convert.Arguments;
import one.convert.JfrToFlame;
import shop.load.Size;

/**
 * Where the time of one endpoint goes: starts an edition without the agent, asks for one path
 * without pause while JFR samples the threads, and draws a flame graph of what answered requests.
 * {@code demo-shop/flame} calls it.
 */
public final class Flame {
  private static final String USAGE =
      """
      demo-shop/flame EDITION PATH [OUT.html]
        EDITION    naive or tuned
        PATH       of a GET, as a customer who is logged in: /api/orders, '/api/products?q=oak'
        OUT.html   default flame-EDITION.html""";

  /** A warm-up, then the same again to be sampled. */
  private static final Plan PLAN = new Plan(Size.LARGE, 0, 0, 0, 10, 0);

  /** The servlet, below which each request is the same. */
  private static final String REQUESTS = ".*jakarta.servlet.http.HttpServlet.*";

  private static final String SHOP = "^shop[.](?!web)";

  private Flame() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Edition edition = args.length < 2 || args.length > 3 ? null : edition(args[0]);
    if (edition == null || !args[1].startsWith("/")) {
      System.err.println(USAGE);
      System.exit(2);
      return;
    }
    Path out = Path.of(args.length == 3 ? args[2] : "flame-" + edition.title() + ".html");
    Parts parts = Parts.in(Path.of(System.getProperty("shop.project", ".")));
    Path folder = Files.createTempDirectory("shop-flame");
    try {
      Path recording = record(parts, edition, args[1], folder);
      draw(recording, out, "GET " + args[1] + ", " + edition.title());
    } finally {
      Folders.delete(folder);
    }
    System.out.println("written to " + out);
  }

  private static Edition edition(String name) {
    try {
      return Edition.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException neither) {
      return null;
    }
  }

  private static Path record(Parts parts, Edition edition, String path, Path folder)
      throws IOException, InterruptedException {
    Path recording = folder.resolve("recording.jfr");
    System.out.println(edition.title() + ": fills its databases and opens");
    // Spring's stacks are deeper than JFR looks by itself.
    List<String> deep = List.of("-XX:FlightRecorderOptions=stackdepth=512");
    try (ShopProcess shop =
        ShopProcess.start(parts, edition, PLAN.size(), folder, deep, List.of())) {
      Gatling gatling = new Gatling(parts, PLAN, shop.address(), folder);
      System.out.println("asks for " + path);
      try (Gatling.Run warmUp = gatling.endpoint(path, "warm-up")) {
        warmUp.end();
      }
      shop.command("JFR.start", "name=flame", "settings=profile");
      try (Gatling.Run run = gatling.endpoint(path, "sampled")) {
        Times times =
            Times.of(run.end().answers().stream().map(SimulationLog.Answer::millis).toList());
        System.out.println(
            Text.count(times.count())
                + " answers, half of them within "
                + Text.millis(times.p50()));
      }
      shop.command("JFR.stop", "name=flame", "filename=" + recording);
    }
    return recording;
  }

  private static void draw(Path recording, Path out, String title) throws IOException {
    Arguments options =
        new Arguments(
            "--title", title, "--dot", "--norm", "--include", REQUESTS, "--highlight", SHOP);
    JfrToFlame.convert(recording.toString(), out.toString(), options);
  }
}
