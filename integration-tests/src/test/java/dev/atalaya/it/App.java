package dev.atalaya.it;

import dev.atalaya.libraries.Libraries;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An application in a JVM of its own, usually under the agent. */
public final class App implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Pattern READY = Pattern.compile("(?m)^READY (\\d+)");

  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final StringBuffer errors = new StringBuffer();
  private final List<Thread> readers;
  private final int metricsPort;
  private int port;
  private volatile HttpClient client = CLIENT;

  private App(Process process, int metricsPort) {
    this.process = process;
    this.metricsPort = metricsPort;
    this.readers =
        List.of(read(process.getInputStream(), output), read(process.getErrorStream(), errors));
  }

  /** An application of src/apps. */
  public static Launch main(String mainClass) {
    return new Launch(mainClass, null);
  }

  /** A runnable jar. */
  public static Launch jar(Path jar) {
    return new Launch(null, jar);
  }

  /** A program of others, already compiled. */
  public static Launch program(String mainClass, List<Path> classPath) {
    Launch launch = new Launch(mainClass, null);
    launch.compiled = true;
    launch.classPath.addAll(classPath);
    return launch;
  }

  /** The agent under test, which the property atalaya.agent.jar names. */
  public static Path agentJar() {
    Path jar =
        Path.of(System.getProperty("atalaya.agent.jar", "../agent/target/atalaya-agent.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no agent at " + jar + ": run ./mvnw package first");
    }
    return jar.toAbsolutePath().normalize();
  }

  /**
   * A port that was free a moment ago, of those that the system gives to no connection by itself:
   * such a connection may begin before the port is used.
   */
  public static int freePort() {
    for (int i = 0; i < 100; i++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // Another may be free.
      }
    }
    throw new IllegalStateException("no port is free");
  }

  public int port() {
    return port;
  }

  public int metricsPort() {
    return metricsPort;
  }

  public long pid() {
    return process.pid();
  }

  public String output() {
    return output.toString();
  }

  public String errors() {
    return errors.toString();
  }

  /** The agent's own lines: drivers and pools log too. */
  public String agentLines() {
    return errors
        .toString()
        .lines()
        .filter(line -> line.contains("atalaya"))
        .collect(Collectors.joining("\n"));
  }

  public Metrics metrics() {
    return Metrics.text(metricsPort);
  }

  /** Metrics once the condition holds, at the latest after some seconds as they are. */
  public Metrics metrics(Predicate<Metrics> condition) {
    Otlp.await(() -> condition.test(metrics()));
    return metrics();
  }

  /** How it is asked from here on, by other connections: some upgrade at their first request. */
  public void by(HttpClient.Version version) {
    client = HttpClient.newBuilder().version(version).build();
  }

  /** HTTP/1.1 where nothing else was said. */
  public HttpClient.Version version() {
    return client.version();
  }

  /** The answer to a GET and the trace that the request named as its own in traceparent. */
  public record Answer(String traceId, HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }
  }

  /** A GET that carries a sampled trace context. */
  public Answer get(String path, String... headers) {
    String traceId = hex(16);
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "traceparent";
    all[headers.length + 1] = "00-" + traceId + "-" + hex(8) + "-01";
    return new Answer(traceId, plain(path, all));
  }

  /** A GET without a trace context. */
  public HttpResponse<String> plain(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(60));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(
          "no answer from " + request.uri() + "\n" + output() + errors(), e);
    }
  }

  /** Waits until a line of standard error holds that text; false after some seconds. */
  public boolean says(String text) {
    return Otlp.await(() -> errors.indexOf(text) >= 0);
  }

  /** SIGTERM, as an orchestrator does; the time the process took to end. */
  public Duration stop() {
    long start = System.nanoTime();
    // Process.destroy() would close the streams too, and lose what the process says at its end.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end on SIGTERM:\n" + errors());
      }
      for (Thread reader : readers) {
        reader.join(5_000);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Waits for an application that ends by itself. */
  public int join() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end:\n" + output() + errors());
      }
      for (Thread reader : readers) {
        reader.join(5_000);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      join();
    }
  }

  private void awaitReady(Pattern ready, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Matcher matcher = ready.matcher(output.toString() + errors);
      if (matcher.find()) {
        if (port == 0) {
          port = Integer.parseInt(matcher.group(1));
        }
        return;
      }
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new IllegalStateException("not ready:\n" + output() + "\n" + errors());
      }
      Otlp.sleep(20);
    }
  }

  private static Thread read(InputStream stream, StringBuffer into) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  into.append(line).append('\n');
                }
              } catch (IOException e) {
                into.append("(closed)\n");
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  public static String hex(int bytes) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      // Never zero: an id of zeros alone is invalid.
      hex.append(String.format("%02x", ThreadLocalRandom.current().nextInt(1, 256)));
    }
    return hex.toString();
  }

  /** How an application is started. */
  public static final class Launch {
    private final String mainClass;
    private final Path jar;
    private final List<Path> classPath = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmArguments = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> prefix = new ArrayList<>();
    private Jvm jvm = Jvm.running();
    private int release = 8;
    private boolean compiled;
    private int port;
    private Map<String, String> renames = Map.of();
    private Map<String, String> mends = Map.of();
    private List<Path> processors = List.of();
    private Path agent;
    private String agentArguments = "";
    private int metricsPort;
    private Pattern ready = READY;
    private Duration patience = Duration.ofSeconds(60);

    private Launch(String mainClass, Path jar) {
      this.mainClass = mainClass;
      this.jar = jar;
    }

    public Launch jvm(Jvm jvm) {
      this.jvm = jvm;
      return this;
    }

    /** The Java release the application's source is compiled for; 8 unless told. */
    public Launch release(int release) {
      this.release = release;
      return this;
    }

    /** Compiles the application with jakarta in place of javax. */
    public Launch jakarta(boolean jakarta) {
      return renamed(jakarta ? Sources.JAKARTA : Map.of());
    }

    /** Compiles the application with other names of packages in place of those. */
    public Launch renamed(Map<String, String> renames) {
      this.renames = renames;
      return this;
    }

    /** Compiles the application with that code put where its source has marks for it. */
    public Launch mended(Map<String, String> mends) {
      this.mends = Map.copyOf(mends);
      return this;
    }

    /** Compiles the application with those annotation processors. */
    public Launch processors(String... coordinates) {
      processors = Libraries.classPath(coordinates);
      return this;
    }

    public Launch libraries(String... coordinates) {
      classPath.addAll(Libraries.classPath(coordinates));
      return this;
    }

    public Launch classPath(Path file) {
      classPath.add(file);
      return this;
    }

    /** Under the agent, which sends to that collector and serves metrics on a free port. */
    public Launch agent(Otlp otlp) {
      agent = agentJar();
      metricsPort = freePort();
      property("otel.exporter.prometheus.port", Integer.toString(metricsPort));
      property("otel.bsp.schedule.delay", "20");
      property("otel.metrics.exporter", "prometheus");
      if (otlp != null) {
        property("otel.exporter.otlp.endpoint", otlp.endpoint());
        property("otel.exporter.otlp.protocol", otlp.protocol());
      }
      if (agent.getFileName().toString().startsWith("opentelemetry-javaagent")) {
        property("otel.logs.exporter", "none");
        property("otel.semconv-stability.opt-in", "database");
      }
      return this;
    }

    /** What follows the jar's name in -javaagent. */
    public Launch agentArguments(String agentArguments) {
      this.agentArguments = "=" + agentArguments;
      return this;
    }

    /** A program that starts the JVM in its own place. */
    public Launch within(String... program) {
      prefix.addAll(List.of(program));
      return this;
    }

    /** However busy the machine is: of slow requests and queries, nothing is told. */
    public Launch nothingIsSlow() {
      return property("atalaya.slow.query.threshold", "1m")
          .property("atalaya.slow.request.threshold", "1m");
    }

    public Launch property(String key, String value) {
      properties.put(key, value);
      return this;
    }

    public Launch environment(String key, String value) {
      environment.put(key, value);
      return this;
    }

    public Launch jvmArguments(String... more) {
      jvmArguments.addAll(List.of(more));
      return this;
    }

    public Launch arguments(String... more) {
      arguments.addAll(List.of(more));
      return this;
    }

    /** The line of output whose first group, if any, is the port. */
    public Launch ready(String pattern, Duration patience) {
      this.ready = Pattern.compile("(?m)" + pattern);
      this.patience = patience;
      return this;
    }

    /** The port of an application that does not print it. */
    public Launch port(int port) {
      this.port = port;
      return this;
    }

    /** Starts and waits for the ready line. */
    public App start() {
      App app = launch();
      app.port = port;
      app.awaitReady(ready, patience);
      return app;
    }

    /** Starts an application that ends by itself. */
    public App launch() {
      List<String> command = new ArrayList<>(prefix);
      command.add(jvm.java());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Xmx512m");
      command.addAll(jvmArguments);
      if (agent != null) {
        command.add("-javaagent:" + agent + agentArguments);
      }
      properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
      if (jar != null) {
        command.add("-jar");
        command.add(jar.toString());
      } else if (mainClass != null) {
        List<Path> path = new ArrayList<>();
        if (!compiled) {
          path.add(Sources.compile(mainClass, release, renames, classPath, mends, jvm, processors));
        }
        path.addAll(classPath);
        command.add("-cp");
        command.add(
            path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass);
      }
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(key -> key.startsWith("OTEL_"));
      builder.environment().putAll(environment);
      try {
        return new App(builder.start(), metricsPort);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
