package shop.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CPU time of other processes, from Linux' /proc; not a number elsewhere. */
final class ProcFolder {
  private static final Path PROC = Path.of("/proc");

  /** Ticks of /proc a second, on every Linux that Java runs on. */
  private static final double TICKS = 100;

  private ProcFolder() {}

  /**
   * Seconds of CPU that all processes at work in a folder have used, with those of their children
   * that have ended: the databases that the shop started there.
   */
  static double cpuSecondsIn(Path folder) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return Double.NaN;
    }
    double ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        ticks += worksIn(folder, process) ? ticks(process) : 0;
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return ticks / TICKS;
  }

  private static boolean worksIn(Path folder, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
    } catch (IOException | SecurityException notOurs) {
      return false; // it has ended, or belongs to somebody else
    }
  }

  /** {@code pid (name) state ..}: the name may hold anything, so what comes behind is counted. */
  private static double ticks(Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double ticks = 0;
      for (int field = 11; field <= 14; field++) { // utime, stime, cutime, cstime
        ticks += Double.parseDouble(fields[field]);
      }
      return ticks;
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Seconds of all processors together that were not idle, since the machine started. */
  static double busySeconds() {
    try {
      String[] fields = Files.readAllLines(PROC.resolve("stat")).get(0).split(" +");
      double busy = 0;
      for (int field : List.of(1, 2, 3, 6, 7, 8)) { // user, nice, system, irq, softirq, steal
        busy += Double.parseDouble(fields[field]);
      }
      return busy / TICKS;
    } catch (IOException noLinux) {
      return Double.NaN;
    }
  }
}
