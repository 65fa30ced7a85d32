package dev.atalaya.it.cost;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** The service's account of itself at one moment: its process, its memory, its threads. */
final class Snapshot {
  /**
   * Threads of the JVM, Tomcat, HikariCP and H2; whatever else runs in the service is an agent's.
   */
  private static final Pattern SERVICE_THREAD =
      Pattern.compile(
          "main|DestroyJavaVM|Reference Handler|Finalizer|Signal Dispatcher|Service Thread"
              + "|Monitor Deflation Thread|C[12] CompilerThread\\d+|Sweeper thread"
              + "|Notification Thread|Common-Cleaner|Attach Listener|Catalina-utility-\\d+"
              + "|container-\\d+|http-nio-.*|bench.*|MVStore.*|H2 .*");

  private final Map<String, String> values = new HashMap<>();
  private final Map<Long, ThreadUse> threads = new HashMap<>();

  record ThreadUse(String name, long cpuNanos, long bytes) {
    boolean isAgents() {
      return !SERVICE_THREAD.matcher(name).matches();
    }

    boolean isRequests() {
      return name.startsWith("http-nio-") && name.contains("-exec-");
    }
  }

  Snapshot(List<String> lines) {
    for (String line : lines) {
      String[] words = line.split(" ", 5);
      if (words[0].equals("thread")) {
        threads.put(
            Long.parseLong(words[1]),
            new ThreadUse(words[4], Long.parseLong(words[2]), Long.parseLong(words[3])));
      } else {
        values.put(words[0], words[1]);
      }
    }
  }

  double value(String key) {
    return Double.parseDouble(values.get(key));
  }

  double mebibytes(String key) {
    return value(key) / (1 << 20);
  }

  List<String> agentThreads() {
    return threads.values().stream().filter(ThreadUse::isAgents).map(ThreadUse::name).toList();
  }

  double cpuSince(Snapshot earlier, Predicate<ThreadUse> which) {
    return since(earlier, which, ThreadUse::cpuNanos);
  }

  double bytesSince(Snapshot earlier, Predicate<ThreadUse> which) {
    return since(earlier, which, ThreadUse::bytes);
  }

  private double since(
      Snapshot earlier, Predicate<ThreadUse> which, ToLongFunction<ThreadUse> use) {
    long sum = 0;
    for (Map.Entry<Long, ThreadUse> thread : threads.entrySet()) {
      if (which.test(thread.getValue())) {
        ThreadUse before = earlier.threads.get(thread.getKey());
        sum += use.applyAsLong(thread.getValue());
        sum -= before == null ? 0 : use.applyAsLong(before);
      }
    }
    return sum;
  }

  /**
   * Threads since {@code earlier} that started and ended between two looks of the service, so that
   * their use is missing from the sums.
   */
  long lostSince(Snapshot earlier) {
    long fresh = threads.keySet().stream().filter(id -> !earlier.threads.containsKey(id)).count();
    return (long) (value("threads.started") - earlier.value("threads.started")) - fresh;
  }
}
