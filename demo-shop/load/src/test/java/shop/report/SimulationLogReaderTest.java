package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatling.commons.stats.KO$;
import io.gatling.commons.stats.OK$;
import io.gatling.commons.stats.Status;
import io.gatling.core.stats.writer.BufferedFileChannelWriter;
import io.gatling.core.stats.writer.DataWriterMessage$LoadEvent$Error;
import io.gatling.core.stats.writer.DataWriterMessage$LoadEvent$Group;
import io.gatling.core.stats.writer.DataWriterMessage$LoadEvent$Response;
import io.gatling.core.stats.writer.DataWriterMessage$LoadEvent$User;
import io.gatling.core.stats.writer.ErrorMessageSerializer;
import io.gatling.core.stats.writer.GroupMessageSerializer;
import io.gatling.core.stats.writer.ResponseMessageSerializer;
import io.gatling.core.stats.writer.RunMessage;
import io.gatling.core.stats.writer.RunMessageSerializer;
import io.gatling.core.stats.writer.UserMessageSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Nil$;
import scala.jdk.javaapi.CollectionConverters;
import shop.report.SimulationLog.Answer;

/** What is read is what Gatling's own writer wrote. */
final class SimulationLogReaderTest {
  private static final long START = 1_750_000_000_000L;
  private static final Map<String, Object> SCENARIOS = Map.of("browsing", 0, "büying", 1);

  @TempDir Path results;

  private Path log;

  @BeforeEach
  void results_are_in_a_folder_a_run() throws IOException {
    log = Files.createDirectories(results.resolve("shopsimulation-1")).resolve("simulation.log");
  }

  @Test
  void every_answer_is_read_with_its_group_time_and_message() throws IOException {
    write(
        answer(List.of(), "GET /a", 10, 35, OK$.MODULE$, ""),
        answer(List.of("simple", "inner"), "GET /a", 12, 12, OK$.MODULE$, ""),
        answer(List.of("simple"), "GET /→", 40, 1_040, KO$.MODULE$, "status is 500"),
        answer(List.of("simple"), "GET /→", 50, 60, KO$.MODULE$, "status is 500"));
    SimulationLog read = SimulationLogReader.read(results);
    assertEquals(
        List.of(
            new Answer("", "GET /a", START + 10, START + 35, true, ""),
            new Answer("simple / inner", "GET /a", START + 12, START + 12, true, ""),
            new Answer("simple", "GET /→", START + 40, START + 1_040, false, "status is 500"),
            new Answer("simple", "GET /→", START + 50, START + 60, false, "status is 500")),
        read.answers());
    assertEquals(25, read.answers().get(0).millis());
    assertEquals("3.15.1", read.version());
  }

  @Test
  void what_is_no_record_is_refused() throws IOException {
    write();
    Files.write(log, new byte[] {42}, StandardOpenOption.APPEND);
    assertThrows(IOException.class, () -> SimulationLogReader.read(results));
  }

  @Test
  void two_runs_in_a_folder_are_refused() throws IOException {
    write();
    Path other = Files.createDirectories(results.resolve("shopsimulation-2"));
    Files.copy(log, other.resolve("simulation.log"));
    assertThrows(IOException.class, () -> SimulationLogReader.read(results));
  }

  private static DataWriterMessage$LoadEvent$Response answer(
      List<String> groups, String name, int start, int end, Status status, String message) {
    return new DataWriterMessage$LoadEvent$Response(
        "browsing",
        CollectionConverters.asScala(groups).toList(),
        name,
        START + start,
        START + end,
        status,
        Option.empty(),
        message.isEmpty() ? Option.empty() : Option.apply(message));
  }

  /** With users, a group and an error between the answers, as in a run. */
  private void write(DataWriterMessage$LoadEvent$Response... answers) throws IOException {
    try (FileChannel channel =
            FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        BufferedFileChannelWriter writer =
            new BufferedFileChannelWriter(channel, ByteBuffer.allocate(8_192))) {
      RunMessage run =
          new RunMessage("shop.load.ShopSimulation", "shop", START, "", "3.15.1", ZoneOffset.UTC);
      new RunMessageSerializer(writer)
          .serialize(new Tuple3<>(run, emptyList(), new java.util.HashMap<>(SCENARIOS)));
      for (DataWriterMessage$LoadEvent$Response answer : answers) {
        new UserMessageSerializer(writer, START, SCENARIOS)
            .serialize(new DataWriterMessage$LoadEvent$User("browsing", START + 5, true));
        new ResponseMessageSerializer(writer, START).serialize(answer);
        new GroupMessageSerializer(writer, START)
            .serialize(
                new DataWriterMessage$LoadEvent$Group(
                    "browsing",
                    CollectionConverters.asScala(List.of("simple")).toList(),
                    START,
                    START + 1,
                    1,
                    OK$.MODULE$));
        new ErrorMessageSerializer(writer, START)
            .serialize(new DataWriterMessage$LoadEvent$Error("it failed", START + 6));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> scala.collection.immutable.Seq<T> emptyList() {
    return (scala.collection.immutable.Seq<T>) (Object) Nil$.MODULE$;
  }
}
