package shop.report;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import shop.report.SimulationLog.Answer;

/**
 * Reads Gatling's binary simulation.log, as version 3.15 writes it. Gatling's own report has
 * quantiles and counts of each request, but no answer's time.
 *
 * <p>The file is a sequence of records, each with a byte that says what it is. Numbers are
 * big-endian; times are milliseconds since the run began. A string that comes often is written once
 * with a new number, and from then on is that number's negative.
 */
final class SimulationLogReader {
  private static final int END = -1;
  private static final int RUN = 0;
  private static final int REQUEST = 1;
  private static final int USER = 2;
  private static final int GROUP = 3;
  private static final int ERROR = 4;

  private final Map<Integer, String> strings = new HashMap<>();
  private final DataInputStream input;
  private final List<Answer> answers = new ArrayList<>();
  private String version = "";
  private long start;

  private SimulationLogReader(DataInputStream input) {
    this.input = input;
  }

  /** Reads the log of the only run in a folder of results. */
  static SimulationLog read(Path results) throws IOException {
    List<Path> logs;
    try (var files = Files.walk(results, 2)) {
      logs = files.filter(file -> file.endsWith("simulation.log")).toList();
    }
    if (logs.size() != 1) {
      throw new IOException(logs.size() + " logs of Gatling in " + results);
    }
    try (DataInputStream input =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(logs.get(0))))) {
      return new SimulationLogReader(input).read();
    }
  }

  private SimulationLog read() throws IOException {
    for (int kind = input.read(); kind != END; kind = input.read()) {
      switch (kind) {
        case RUN -> run();
        case REQUEST -> request();
        case USER -> input.skipNBytes(Integer.BYTES + 1 + Integer.BYTES);
        case GROUP -> {
          groups();
          input.skipNBytes(3 * Integer.BYTES + 1);
        }
        case ERROR -> {
          often();
          input.skipNBytes(Integer.BYTES);
        }
        default -> throw new IOException("No record of Gatling 3.15 begins with " + kind);
      }
    }
    return new SimulationLog(version, answers);
  }

  private void run() throws IOException {
    version = string();
    string(); // the simulation's class
    start = input.readLong();
    string(); // a description
    for (int scenarios = input.readInt(); scenarios > 0; scenarios--) {
      string();
    }
    for (int assertions = input.readInt(); assertions > 0; assertions--) {
      input.skipNBytes(input.readInt());
    }
  }

  private void request() throws IOException {
    String group = groups();
    String name = often();
    long from = start + input.readInt();
    long to = start + input.readInt();
    answers.add(new Answer(group, name, from, to, input.readBoolean(), often()));
  }

  private String groups() throws IOException {
    List<String> names = new ArrayList<>();
    for (int count = input.readInt(); count > 0; count--) {
      names.add(often());
    }
    return String.join(" / ", names);
  }

  private String often() throws IOException {
    int number = input.readInt();
    if (number > 0) {
      strings.put(number, string());
    }
    String known = strings.get(Math.abs(number));
    if (known == null) {
      throw new IOException("String " + number + " was never written");
    }
    return known;
  }

  /** The bytes as the JVM holds them, and which of its two ways that is. */
  private String string() throws IOException {
    int length = input.readInt();
    if (length == 0) {
      return "";
    }
    byte[] bytes = input.readNBytes(length);
    Charset wide =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            ? StandardCharsets.UTF_16LE
            : StandardCharsets.UTF_16BE;
    return new String(bytes, input.readByte() == 0 ? StandardCharsets.ISO_8859_1 : wide);
  }
}
