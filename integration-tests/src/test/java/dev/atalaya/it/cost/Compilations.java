package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JIT does, second by second from the JVM's start: from its log, and from the accounts
 * that Linux keeps of its threads.
 */
final class Compilations implements AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile("\\[(\\d+)\\.\\d+s\\].*?(\\d) +(\\S+::\\S+)(.*)");

  private static final int MOST_REST = 30;

  private final Path log;
  private final Path tasks;
  private final long started;
  private final Thread looker = new Thread(this::look, "compiler-looker");
  private final List<Long> cpuMillis = new ArrayList<>();
  private volatile boolean closed;

  /** Of one second, or of some. */
  record Sum(long cpuMillis, int compiled, int thrownAway) {}

  Compilations(Path log, long pid) {
    this.log = log;
    tasks = Path.of("/proc/" + pid + "/task");
    started = System.nanoTime();
    looker.setDaemon(true);
    looker.start();
  }

  /** For the JVM's command line; its threads stay, so that none takes its account along. */
  static List<String> flags(Path log) {
    return List.of(
        "-Xlog:jit+compilation=debug:file=" + log + ":uptime:filecount=0",
        "-XX:-UseDynamicNumberOfCompilerThreads");
  }

  long cpuMillis() {
    long nanos = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
      for (Path task : all) {
        if (!Files.readString(task.resolve("comm")).matches("(?s)C[12] Compiler.*")) continue;
        nanos += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
      }
    } catch (IOException gone) {
      return 0;
    }
    return nanos / 1_000_000;
  }

  /** Returns once the compiler has done next to nothing for three seconds, or after 30. */
  void rest() throws InterruptedException {
    int quiet = 0;
    for (int second = 0; second < MOST_REST && quiet < 3; second++) {
      long before = cpuMillis();
      Thread.sleep(1_000);
      quiet = cpuMillis() - before < 10 ? quiet + 1 : 0;
    }
  }

  private void look() {
    while (!closed) {
      synchronized (cpuMillis) {
        cpuMillis.add(cpuMillis());
      }
      try {
        Thread.sleep(Math.max(1, 1_000 - (System.nanoTime() - started) / 1_000_000 % 1_000));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  int second() {
    return (int) ((System.nanoTime() - started) / 1_000_000_000L);
  }

  /** One entry a second, for as long as it was watched; the log's clock is the JVM's. */
  List<Sum> bySecond() throws IOException {
    Map<Integer, int[]> counts = new HashMap<>();
    for (String line : Files.readAllLines(log)) {
      Matcher found = LINE.matcher(line);
      if (!found.matches()) continue;
      int[] count = counts.computeIfAbsent(Integer.parseInt(found.group(1)), s -> new int[2]);
      count[isThrownAway(found) ? 1 : 0]++;
    }
    List<Sum> all = new ArrayList<>();
    synchronized (cpuMillis) {
      for (int second = 0; second < cpuMillis.size(); second++) {
        int[] count = counts.getOrDefault(second, new int[2]);
        long before = second == 0 ? 0 : cpuMillis.get(second - 1);
        all.add(new Sum(cpuMillis.get(second) - before, count[0], count[1]));
      }
    }
    return all;
  }

  /** How often the code of each of the agent's methods was thrown away. */
  Map<String, Integer> ownThrownAway() throws IOException {
    Map<String, Integer> methods = new HashMap<>();
    for (String line : Files.readAllLines(log)) {
      Matcher found = LINE.matcher(line);
      if (!found.matches() || !isThrownAway(found)) continue;
      // C1's code gives way to C2's: that is the plan. C2's own is what is lost.
      if (!found.group(2).equals("4") || !found.group(3).startsWith("dev.atalaya")) continue;
      methods.merge(found.group(3), 1, Integer::sum);
    }
    return methods;
  }

  private static boolean isThrownAway(Matcher line) {
    return line.group(4).contains("made not entrant");
  }

  @Override
  public void close() {
    closed = true;
    looker.interrupt();
  }
}
