package dev.atalaya.it.cost;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What attaching costs a service that runs: the demo shop, in its naive edition, answers requests
 * while the agent is attached to it.
 *
 * <p>Arguments: {@code [--java HOME] [--rounds N] [--agent JAR]...}; on Java 17 or newer. The
 * shop's jar has to be there: {@code ./mvnw -q -DskipTests package}.
 */
public final class Attach {
  private static final Pattern OPEN = Pattern.compile("The shop is open at (http\\S*?)/?\\s");
  private static final List<String> PAGES =
      List.of("/health", "/api/categories", "/api/products/12");

  /** Asks nobody: what it takes longer than usual, the JVM or the machine took. */
  private static final List<String> QUICK = List.of("/health");

  private static final int WARM_UP = 2_000;
  private static final Path SAFEPOINTS = Path.of("target", "bench", "safepoints.log");
  private static final Pattern CHANGE = Pattern.compile("RedefineClasses.* Total: (\\d+) ns");

  private final List<Path> agents = new ArrayList<>();
  private String java = System.getProperty("java.home");
  private int rounds = 3;

  private Attach(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--java" -> java = args[++i];
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--agent" -> agents.add(Path.of(args[++i]));
        default -> throw new IllegalArgumentException("Unknown option " + args[i]);
      }
    }
    if (agents.isEmpty()) agents.add(Path.of("../agent/target/atalaya-agent.jar"));
  }

  public static void main(String[] args) throws Exception {
    new Attach(args).run();
  }

  private void run() throws Exception {
    System.out.println(
        "| attaching to the shop | time | the shop's CPU | it stands still, altogether and longest"
            + " | slowest `/health`, and in the 2 s before | slowest page, and before |");
    System.out.println("|---|---|---|---|---|---|");
    for (int round = 0; round < rounds; round++) {
      for (Path agent : agents) System.out.println(measure(agent.toAbsolutePath().normalize()));
    }
  }

  private String measure(Path agent) throws Exception {
    Path log = Files.createTempFile("shop", ".log");
    Process shop =
        new ProcessBuilder(
                java + "/bin/java",
                "-XX:+EnableDynamicAgentLoading",
                "-Xlog:safepoint:file=" + SAFEPOINTS,
                "-jar",
                "../demo-shop/target/demo-shop.jar",
                "--shop.size=small",
                "--server.port=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    String address = address(shop, log);
    try (Visitor visitor = new Visitor(address, PAGES);
        Visitor quick = new Visitor(address, QUICK)) {
      visitor.visit(WARM_UP);
      quick.visit(WARM_UP);
      visitor.start();
      quick.start();
      Thread.sleep(1_000);
      visitor.slowest();
      quick.slowest();
      Thread.sleep(2_000);
      long before = visitor.slowest();
      long quickBefore = quick.slowest();
      Duration cpu = cpu(shop);
      long began = System.nanoTime();
      Process attach =
          new ProcessBuilder(
                  java + "/bin/java",
                  "-jar",
                  agent.toString(),
                  "attach",
                  "" + shop.pid(),
                  "otel.traces.exporter=none",
                  "otel.exporter.prometheus.port=0")
              .redirectErrorStream(true)
              .start();
      String said = new String(attach.getInputStream().readAllBytes());
      if (attach.waitFor() != 0) throw new IllegalStateException(said + Files.readString(log));
      long millis = (System.nanoTime() - began) / 1_000_000;
      Thread.sleep(500);
      System.err.println(said);
      long[] still = still();
      return String.format(
          "| %s | %.1f s | %.1f s | %d ms, %d ms | %d ms, %d ms | %d ms, %d ms |",
          agent.getFileName(),
          millis / 1e3,
          cpu(shop).minus(cpu).toMillis() / 1e3,
          still[0],
          still[1],
          quick.slowest(),
          quickBefore,
          visitor.slowest(),
          before);
    } finally {
      shop.destroy();
      if (!shop.waitFor(20, TimeUnit.SECONDS)) shop.destroyForcibly();
      Files.copy(
          log, Path.of("target", "bench", "attach.log"), StandardCopyOption.REPLACE_EXISTING);
      Files.delete(log);
    }
  }

  /** While classes are changed, in milliseconds: altogether, and the longest time. */
  private static long[] still() throws IOException {
    long sum = 0;
    long longest = 0;
    Matcher change = CHANGE.matcher(Files.readString(SAFEPOINTS));
    while (change.find()) {
      long nanos = Long.parseLong(change.group(1));
      sum += nanos;
      longest = Math.max(longest, nanos);
    }
    return new long[] {sum / 1_000_000, longest / 1_000_000};
  }

  private static String address(Process shop, Path log) throws IOException, InterruptedException {
    while (shop.isAlive()) {
      Matcher open = OPEN.matcher(Files.readString(log) + "\n");
      if (open.find()) return open.group(1);
      Thread.sleep(200);
    }
    throw new IllegalStateException("the shop did not open: " + Files.readString(log));
  }

  private static Duration cpu(Process process) {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** One that asks for a page, waits a little, and asks for the next. */
  private static final class Visitor extends Thread implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final List<String> paths;
    private long slowest;
    private boolean closed;

    Visitor(String address, List<String> paths) {
      this.address = address;
      this.paths = paths;
    }

    void visit(int requests) throws IOException, InterruptedException {
      for (int i = 0; i < requests; i++) ask(i);
    }

    /** In milliseconds, since it was asked last. */
    synchronized long slowest() {
      long result = slowest / 1_000_000;
      slowest = 0;
      return result;
    }

    private void ask(int request) throws IOException, InterruptedException {
      String path = paths.get(request % paths.size());
      long began = System.nanoTime();
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      long took = System.nanoTime() - began;
      if (answer.statusCode() != 200) throw new IllegalStateException(path + ": " + answer);
      synchronized (this) {
        slowest = Math.max(slowest, took);
      }
    }

    @Override
    public void run() {
      try {
        for (int i = 0; !isClosed(); i++) {
          ask(i);
          Thread.sleep(5);
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private synchronized boolean isClosed() {
      return closed;
    }

    @Override
    public void close() throws InterruptedException {
      synchronized (this) {
        closed = true;
      }
      join();
    }
  }
}
