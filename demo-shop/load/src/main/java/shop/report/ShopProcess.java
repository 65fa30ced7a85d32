package shop.report;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import shop.load.Size;

/** A shop in a JVM of its own, with its own databases. */
final class ShopProcess implements AutoCloseable {
  private static final int START_SECONDS = 300;

  private final JavaProcess process;
  private final Path folder;
  private final Path databases;
  private final URI address;

  private ShopProcess(JavaProcess process, Path folder, Path databases)
      throws IOException, InterruptedException {
    this.process = process;
    this.folder = folder;
    this.databases = databases;
    this.address = URI.create(await("The shop is open at (http://[\\w.:/-]+)", START_SECONDS));
  }

  /**
   * Returns when it is open.
   *
   * @param folder where its log goes, and for as long as it runs its databases
   * @param options of the JVM
   * @param arguments of the shop
   */
  static ShopProcess start(
      Parts parts,
      Edition edition,
      Size size,
      Path folder,
      List<String> options,
      List<String> arguments)
      throws IOException, InterruptedException {
    Path databases = Files.createDirectories(folder.resolve("databases")).toRealPath();
    List<String> command = new ArrayList<>(options);
    command.add("-Xmx" + Parts.HEAP);
    command.add("-Djava.io.tmpdir=" + databases);
    command.addAll(List.of("-jar", parts.shop().toString(), "--server.port=0"));
    command.add("--shop.edition=" + edition.title());
    command.add("--shop.size=" + size.name().toLowerCase(Locale.ROOT));
    command.addAll(arguments);
    JavaProcess process = JavaProcess.start(folder.resolve("shop.log"), command);
    try {
      return new ShopProcess(process, folder, databases);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  URI address() {
    return address;
  }

  /** The first group of the first line of its log that matches. */
  String await(String line, int seconds) throws IOException, InterruptedException {
    return process.await(line, seconds);
  }

  /** Seconds of CPU that PostgreSQL and Redis have used. */
  double databaseCpuSeconds() {
    return ProcFolder.cpuSecondsIn(databases);
  }

  /** Gives the JVM a command of jcmd, and waits until it is carried out. */
  void command(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(process.handle().pid()));
    command.addAll(List.of(words));
    Path log = folder.resolve("jcmd.log");
    Process jcmd =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (jcmd.waitFor() != 0) {
      throw new IOException(String.join(" ", words) + " failed: " + Files.readString(log));
    }
  }

  /** Its databases go with it. */
  @Override
  public void close() throws IOException {
    process.close();
    Folders.delete(databases);
  }
}
