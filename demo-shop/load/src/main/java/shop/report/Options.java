package shop.report;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * What the report was asked for.
 *
 * @param check whether a tuned edition that is not good enough is a failure
 */
record Options(Plan plan, Path out, boolean check) {
  static final String USAGE =
      """
      demo-shop/report [--quick] [--out=FOLDER] [--check]
        --quick       little data and a short load: some three minutes instead of six
        --out=FOLDER  where report.html and report.json go, with the logs; default demo-shop/target/report
        --check       fails where tuned does not halve the response times, hits its caches in less
                      than 80 %, or has a problem of warning or above""";

  /** Throws IllegalArgumentException with what is wrong. */
  static Options of(Path project, String... args) {
    Plan plan = Plan.FULL;
    Path out = project.resolve("demo-shop/target/report");
    boolean check = false;
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (arg.equals("--quick")) {
        plan = Plan.QUICK;
      } else if (arg.equals("--check")) {
        check = true;
      } else if (arg.startsWith("--out=")) {
        out = Path.of(arg.substring("--out=".length()));
      } else if (arg.equals("--out") && i + 1 < args.length) {
        out = Path.of(args[++i]);
      } else {
        throw new IllegalArgumentException(
            "unknown: " + String.join(" ", Arrays.copyOfRange(args, i, args.length)));
      }
    }
    return new Options(plan, out, check);
  }
}
