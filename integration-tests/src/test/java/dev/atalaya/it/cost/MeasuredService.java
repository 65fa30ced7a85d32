package dev.atalaya.it.cost;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service in a JVM of its own, from its start to its end, and the line to its control. */
final class MeasuredService implements AutoCloseable {
  private final Process process;
  private final Socket socket;
  private final BufferedReader in;
  private final PrintWriter out;

  private final PacedLoad load;
  private final double startSeconds;
  private final double startCpu;

  private MeasuredService(Process process, Socket socket, String first, long startNanos)
      throws IOException {
    this.process = process;
    this.socket = socket;
    in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
    out = new PrintWriter(socket.getOutputStream(), true);
    load = new PacedLoad(Integer.parseInt(answer().get(0).split(" ")[1]));
    load.send(1, 1, first);
    startSeconds = (System.nanoTime() - startNanos) / 1e9;
    startCpu = cpuSeconds();
  }

  /** Returns once the service on Tomcat has given its first answer. */
  static MeasuredService start(
      Bench bench, Path javaHome, Variant variant, SpanCounter receiver, List<String> flags)
      throws IOException {
    List<String> program = List.of("-cp", bench.classPath("lib"), "bench.Service");
    return start(bench, javaHome, variant, receiver, flags, program, "/jdbc");
  }

  /**
   * @param program what the JVM is told to run
   * @param first what is asked first
   */
  static MeasuredService start(
      Bench bench,
      Path javaHome,
      Variant variant,
      SpanCounter receiver,
      List<String> flags,
      List<String> program,
      String first)
      throws IOException {
    try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> command = new ArrayList<>();
      command.add(javaHome.resolve("bin/java").toString());
      command.addAll(Bench.agentFlag(bench.agent(variant)));
      command.addAll(List.of("-Xms256m", "-Xmx256m"));
      command.addAll(flags);
      command.addAll(program);
      command.add(Integer.toString(control.getLocalPort()));
      command.add(Files.createDirectories(bench.target().resolve("tomcat")).toString());
      File log = bench.target().resolve(variant.name().toLowerCase(Locale.ROOT) + ".log").toFile();
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
      configure(builder.environment(), variant, receiver);
      long startNanos = System.nanoTime();
      Process process = builder.start();
      try {
        return new MeasuredService(process, accept(control, process), first, startNanos);
      } catch (IOException e) {
        process.destroyForcibly();
        throw new IOException("The service did not start, see " + log, e);
      }
    }
  }

  /**
   * The same for all: everything sampled, traces over http, as protobuf but for Datadog's, which
   * has a protocol of its own. The rivals' metrics, logs and reports on themselves are off, which
   * is to their advantage; Atalaya serves its metrics as it does by default.
   */
  private static void configure(
      Map<String, String> environment, Variant variant, SpanCounter receiver) {
    environment.keySet().removeIf(key -> key.matches("(OTEL|ATALAYA|DD)_.*"));
    environment.remove("JAVA_TOOL_OPTIONS");
    environment.put("OTEL_SERVICE_NAME", "bench");
    environment.put("OTEL_TRACES_SAMPLER", "parentbased_always_on");
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", receiver.endpoint() + "/v1/traces");
    if (variant == Variant.OPENTELEMETRY) {
      environment.put("OTEL_LOGS_EXPORTER", "none");
      environment.put("OTEL_METRICS_EXPORTER", "none");
    }
    if (variant == Variant.DATADOG) {
      environment.put("DD_TRACE_AGENT_URL", receiver.endpoint());
      environment.put("DD_JMXFETCH_ENABLED", "false");
      environment.put("DD_INSTRUMENTATION_TELEMETRY_ENABLED", "false");
      environment.put("DD_REMOTE_CONFIG_ENABLED", "false");
    }
  }

  private static Socket accept(ServerSocket control, Process process) throws IOException {
    control.setSoTimeout(1000);
    while (true) {
      try {
        return control.accept();
      } catch (SocketTimeoutException e) {
        if (!process.isAlive()) {
          throw new IOException("exited with " + process.exitValue(), e);
        }
      }
    }
  }

  PacedLoad load() {
    return load;
  }

  long pid() {
    return process.pid();
  }

  double startSeconds() {
    return startSeconds;
  }

  double startCpu() {
    return startCpu;
  }

  /** The process's CPU as the operating system accounts it, in ticks of 10 ms on Linux. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  Snapshot snapshot() throws IOException {
    out.println("snapshot");
    return new Snapshot(answer());
  }

  void reset() throws IOException {
    out.println("reset");
    answer();
  }

  private List<String> answer() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = in.readLine(); !"".equals(line); line = in.readLine()) {
      if (line == null) {
        throw new IOException("the service has ended");
      }
      lines.add(line);
    }
    return lines;
  }

  /** The service ends with its control's connection. */
  @Override
  public void close() throws IOException {
    socket.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
