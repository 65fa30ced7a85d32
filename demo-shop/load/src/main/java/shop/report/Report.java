package shop.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the naive and then the tuned edition under the same load, and writes what was measured:
 * report.html to look at, report.json to compute with. {@code demo-shop/report} builds all that is
 * needed and calls it.
 */
public final class Report {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private final long start = System.nanoTime();
  private final Parts parts;
  private final Options options;

  private Report(Parts parts, Options options) {
    this.parts = parts;
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path project = Path.of(System.getProperty("shop.project", "."));
    Options options;
    try {
      options = Options.of(project, args);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage() + "\n" + Options.USAGE);
      System.exit(WRONG_USE);
      return;
    }
    System.exit(new Report(Parts.in(project), options).run());
  }

  private int run() throws IOException, InterruptedException {
    Path logs = options.out().resolve("logs");
    Folders.delete(logs); // what another run left is not this one's
    Comparison comparison = compare(logs);
    Path page = options.out().resolve("report.html");
    Files.writeString(page, Page.of(comparison));
    Files.writeString(options.out().resolve("report.json"), ReportJson.of(comparison));
    say("written to " + page);
    System.out.println(Outline.of(comparison));
    return options.check() && !comparison.passed() ? FAILED : 0;
  }

  private Comparison compare(Path logs) throws IOException, InterruptedException {
    List<String> command = List.of("-Xmx64m", "-jar", parts.shop().toString(), "--partner=0");
    try (JavaProcess partner = JavaProcess.start(logs.resolve("partner.log"), command)) {
      String address = partner.await("The partner listens at (http://[\\w.:]+)", 30);
      EditionRun run = new EditionRun(parts, options.plan(), this::say);
      Measured naive = run.measure(Edition.NAIVE, address, logs.resolve(Edition.NAIVE.title()));
      Measured tuned = run.measure(Edition.TUNED, address, logs.resolve(Edition.TUNED.title()));
      return Comparison.of(Machine.of(tuned), naive, tuned);
    }
  }

  private void say(String what) {
    Duration since = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        "%d:%02d %s%n",
        TimeUnit.NANOSECONDS.toMinutes(since.toNanos()), since.toSecondsPart(), what);
  }
}
