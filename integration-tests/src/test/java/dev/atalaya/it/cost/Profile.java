package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where an agent's cost comes from: {@code start} tells the CPU of a start by thread, method and
 * compiled package and the classes loaded; {@code bytes} and {@code cpu} tell a warm request's.
 *
 * <p>Arguments: {@code start|bytes|cpu [--java HOME] [--path PATH]... [VARIANT]}; the variant is
 * Atalaya by default, the paths are {@code /jdbc} and {@code /empty} by turns.
 */
public final class Profile {
  /** Frames that an agent brings, as async-profiler prints them. */
  private static final Pattern AGENT_FRAME =
      Pattern.compile(
          "dev/atalaya/.*|net/bytebuddy/.*|io/opentelemetry/.*|io/prometheus/.*|org/HdrHistogram/.*"
              + "|sun/instrument/.*|okhttp3/.*|okio/.*|kotlin/.*|com/blogspot/.*");

  private static final int LINES = 40;

  /** A timer's sample stands for a tick of 4 ms, so that one start gives too few. */
  private static final int STARTS = 5;

  private final Bench bench;
  private final Path javaHome;
  private final Variant variant;
  private final List<String> paths;

  private Profile(Bench bench, Path javaHome, Variant variant, List<String> paths) {
    this.bench = bench;
    this.javaHome = javaHome;
    this.variant = variant;
    this.paths = paths.isEmpty() ? List.of("/jdbc", "/empty") : paths;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path javaHome = Path.of(System.getProperty("java.home"));
    Variant variant = Variant.ATALAYA;
    List<String> paths = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      switch (args[i]) {
        case "--java" -> javaHome = Path.of(args[++i]);
        case "--path" -> paths.add(args[++i]);
        default -> variant = Variant.valueOf(args[i].toUpperCase(Locale.ROOT));
      }
    }
    Profile profile = new Profile(Bench.build("-Pprofiler"), javaHome, variant, paths);
    switch (args.length == 0 ? "" : args[0]) {
      case "start" -> profile.start();
      case "bytes" -> profile.warm("event=alloc,alloc=4k,total", "bytes");
      case "cpu" -> profile.warm("event=ctimer,interval=4ms,total", "ns");
      default -> throw new IllegalArgumentException("start, bytes or cpu");
    }
  }

  private void start() throws IOException {
    Map<String, Long> none = threads(Variant.NONE);
    Map<String, Long> with = threads(variant);
    System.out.println("# CPU ms at the first answer by thread, no agent and " + variant.title);
    Set<String> names = new LinkedHashSet<>(with.keySet());
    names.addAll(none.keySet());
    for (String name : names) {
      long before = none.getOrDefault(name, 0L);
      long after = with.getOrDefault(name, 0L);
      if (before + after >= 5) {
        System.out.printf("%6d %6d %+6d  %s%n", before, after, after - before, name);
      }
    }

    Set<String> usual = classes(Variant.NONE).keySet();
    Map<String, String> loaded = classes(variant);
    loaded.keySet().removeAll(usual);
    System.out.println("\n# Classes that only " + variant.title + " loads: " + loaded.size());
    count(loaded.keySet(), Profile::room, LINES);
    System.out.println("\n# From");
    count(loaded.values(), source -> source, 12);
    Path list =
        bench.target().resolve("classes-" + variant.name().toLowerCase(Locale.ROOT) + ".txt");
    Files.write(list, loaded.keySet());
    System.out.println("all in " + list);

    Path stacks =
        bench.target().resolve("stacks-" + variant.name().toLowerCase(Locale.ROOT) + ".txt");
    List<String> samples = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      profiled("event=ctimer,interval=4ms,threads,total", service -> {});
      samples.addAll(Files.readAllLines(stacks));
    }
    Files.write(stacks, samples);
    System.out.println(
        "\n# CPU ms of a start by the agent's frames, inclusive; stacks in " + stacks);
    inclusive(stacks, 1e6 * STARTS);
    System.out.println("\n# CPU ms of a start by the innermost frame of the agent");
    innermost(stacks, 1e6 * STARTS, false);
    compiled();
  }

  private Map<String, Long> threads(Variant variant) throws IOException {
    Map<String, Long> micros = new TreeMap<>();
    for (int i = 0; i < STARTS; i++) {
      addThreads(variant, micros);
    }
    micros.replaceAll((name, sum) -> sum / 1000 / STARTS);
    return micros;
  }

  private void addThreads(Variant variant, Map<String, Long> micros) throws IOException {
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, List.of());
        DirectoryStream<Path> tasks =
            Files.newDirectoryStream(Path.of("/proc/" + service.pid() + "/task"))) {
      for (Path task : tasks) {
        String name = Files.readString(task.resolve("comm")).trim().replaceAll("\\d+", "n");
        String nanos = Files.readString(task.resolve("schedstat")).split(" ")[0];
        micros.merge(name, Long.parseLong(nanos) / 1_000, Long::sum);
      }
    }
  }

  private Map<String, String> classes(Variant variant) throws IOException {
    Path log = bench.target().resolve("class-load.log");
    String flag = "-Xlog:class+load=info:file=" + log + "::filecount=0";
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, List.of(flag))) {
      service.snapshot();
    }
    Map<String, String> found = new TreeMap<>();
    Pattern line = Pattern.compile(".*\\] (\\S+) source: (.*)");
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(line::matcher)
          .filter(Matcher::matches)
          .forEach(
              m -> found.put(m.group(1).replaceAll("(0x|/0x|\\$)[0-9a-f]+.*", ""), m.group(2)));
    }
    return found;
  }

  /** Bytecodes that the JIT compiled: what is more than without an agent. */
  private void compiled() throws IOException {
    Map<String, Long> none = compiled(Variant.NONE);
    Map<String, Long> more = compiled(variant);
    none.forEach((key, bytes) -> more.merge(key, -bytes, Long::sum));
    System.out.println("\n# Bytecodes compiled that no agent's start compiles: C1 by package");
    print(only(more, "C1 "), 1, LINES / 2);
    System.out.println("\n# and C2, which takes ten times as long for each, by method");
    print(only(more, "C2 "), 1, LINES);
  }

  private Map<String, Long> compiled(Variant variant) throws IOException {
    Path log = bench.target().resolve(variant.name().toLowerCase(Locale.ROOT) + ".log");
    List<String> flags = List.of("-XX:+PrintCompilation");
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, flags)) {
      service.snapshot();
    }
    Map<String, Long> bytes = new HashMap<>();
    Pattern line =
        Pattern.compile("\\s+\\d+\\s+\\d+ .{5} +([1-4]) +(\\S+)::(\\S+).* \\((\\d+) bytes\\)");
    try (Stream<String> lines = Files.lines(log)) {
      lines
          .map(line::matcher)
          .filter(Matcher::matches)
          .forEach(
              m -> {
                boolean c2 = m.group(1).equals("4");
                String key = c2 ? "C2 " + m.group(2) + "." + m.group(3) : "C1 " + room(m.group(2));
                bytes.merge(key, Long.parseLong(m.group(4)), Long::sum);
              });
    }
    return bytes;
  }

  private static Map<String, Long> only(Map<String, Long> all, String prefix) {
    Map<String, Long> only = new HashMap<>(all);
    only.keySet().removeIf(key -> !key.startsWith(prefix));
    return only;
  }

  private interface Work {
    void on(MeasuredService service) throws IOException;
  }

  private void warm(String event, String unit) throws IOException {
    Path stacks =
        profiled(
            event,
            service -> {
              // Most samples fall into the warm part; the start is a small share of them.
              service.load().send(20_000, 800, paths.toArray(new String[0]));
            });
    System.out.println("# " + unit + " by the innermost frame of the agent, over the whole run");
    innermost(stacks, 1, true);
    System.out.println("stacks in " + stacks);
    System.out.println("\n# " + unit + " by the agent's frames (inclusive)");
    inclusive(stacks, 1);
  }

  private Path profiled(String event, Work work) throws IOException {
    Path library = bench.target().resolve("tools/libasyncProfiler.so");
    String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    try (JarFile jar = new JarFile(bench.target().resolve("tools/async-profiler.jar").toFile())) {
      Files.write(
          library,
          jar.getInputStream(jar.getJarEntry("linux-" + arch + "/libasyncProfiler.so"))
              .readAllBytes());
    }
    Path stacks =
        bench.target().resolve("stacks-" + variant.name().toLowerCase(Locale.ROOT) + ".txt");
    List<String> flags = new ArrayList<>();
    flags.add("-agentpath:" + library + "=start," + event + ",collapsed,file=" + stacks);
    if (event.startsWith("event=alloc")) {
      flags.addAll(Measurement.Size.EXACT.flags());
    }
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, flags)) {
      work.on(service);
    }
    return stacks;
  }

  /** Each sample once at every agent's method on its stack. */
  private static void inclusive(Path stacks, double unit) throws IOException {
    Map<String, Long> sums = new HashMap<>();
    eachStack(
        stacks,
        (frames, value) -> {
          sums.merge("[thread] " + frames[0].replaceAll("\\d+", "n"), value, Long::sum);
          for (String frame : new LinkedHashSet<>(List.of(frames))) {
            if (AGENT_FRAME.matcher(frame).matches()) {
              sums.merge(frame, value, Long::sum);
            }
          }
        });
    print(sums, unit, 2 * LINES);
  }

  /** Each sample at the agent's method nearest to it, with what was allocated or called there. */
  private static void innermost(Path stacks, double unit, boolean leaf) throws IOException {
    Map<String, Long> sums = new HashMap<>();
    eachStack(
        stacks,
        (frames, value) -> {
          for (int i = frames.length - 1; i >= 0; i--) {
            if (AGENT_FRAME.matcher(frames[i]).matches()) {
              String in = leaf ? frames[i] + " -> " + frames[frames.length - 1] : frames[i];
              sums.merge(in, value, Long::sum);
              return;
            }
          }
          sums.merge("(none of the agent's)", value, Long::sum);
        });
    print(sums, unit, LINES);
  }

  private interface Stack {
    void sampled(String[] frames, long value);
  }

  private static void eachStack(Path stacks, Stack stack) throws IOException {
    try (Stream<String> lines = Files.lines(stacks, StandardCharsets.UTF_8)) {
      lines.forEach(
          line -> {
            int space = line.lastIndexOf(' ');
            // A lambda's class has another address in each start.
            String frames = line.substring(0, space).replaceAll("\\.0x[0-9a-f]+", "");
            stack.sampled(frames.split(";"), Long.parseLong(line.substring(space + 1)));
          });
    }
  }

  private static void print(Map<String, Long> sums, double unit, int lines) {
    sums.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(lines)
        .forEach(e -> System.out.printf("%12.0f  %s%n", e.getValue() / unit, e.getKey()));
  }

  private static void count(Iterable<String> values, Function<String, String> group, int lines) {
    Map<String, Long> sums = new HashMap<>();
    values.forEach(value -> sums.merge(group.apply(value), 1L, Long::sum));
    print(sums, 1, lines);
  }

  /** The package, at most four deep. */
  private static String room(String className) {
    String[] parts = className.split("\\.");
    return String.join(".", List.of(parts).subList(0, Math.min(4, Math.max(parts.length - 1, 1))));
  }
}
