package shop.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM of its own, whose output goes to a file; it ends with this one. */
final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final Thread last;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.last = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(last);
  }

  static JavaProcess start(Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Files.createDirectories(log.getParent());
    return new JavaProcess(
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(),
        log);
  }

  /** The first group of the first line that matches, as soon as it has been written. */
  String await(String line, int seconds) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile(line);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (true) {
      boolean over = !process.isAlive() || System.nanoTime() - end > 0;
      for (String written : Files.readAllLines(log)) {
        Matcher matcher = pattern.matcher(written);
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
      if (over) {
        throw new IOException("No line like " + line + " in " + log + ":\n" + lastLines());
      }
      Thread.sleep(100);
    }
  }

  /** Until it ends by itself. */
  void join(int seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IOException("Not done after " + seconds + " s, see " + log + ":\n" + lastLines());
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "Ended with " + process.exitValue() + ", see " + log + ":\n" + lastLines());
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /** Asks it to end, and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(last);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException ending) {
      // This JVM is ending as well, and the hook has run or will.
      process.destroy();
    }
  }
}
