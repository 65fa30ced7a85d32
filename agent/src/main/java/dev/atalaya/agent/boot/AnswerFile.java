package dev.atalaya.agent.boot;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;

/**
 * A temporary file that another JVM writes and this one reads, also where that one has a /tmp of
 * its own, as in a container or a service of systemd's.
 */
final class AnswerFile implements AutoCloseable {
  private final File file;
  private final String theirs;

  private AnswerFile(File file, String theirs) {
    this.file = file;
    this.theirs = theirs;
  }

  static AnswerFile of(String pid) throws IOException {
    File own = File.createTempFile("atalaya", ".txt");
    String root = "/proc/" + pid + "/root";
    File temporary = new File(root, "tmp");
    AnswerFile answer = new AnswerFile(own, own.getAbsolutePath());
    // They see the same file if they share our /tmp. Where we may not look, it is worth a try.
    if (temporary.isDirectory() && !new File(root + answer.theirs).exists()) {
      answer.close();
      own = File.createTempFile("atalaya", ".txt", temporary);
      answer = new AnswerFile(own, "/tmp/" + own.getName());
    }
    open(own, pid);
    return answer;
  }

  /** A file of root's only root may write to, and the other JVM may be another user's. */
  private static void open(File file, String pid) throws IOException {
    File process = new File("/proc", pid);
    if (!process.exists()) return;
    String own = RunningJvm.line(new File("/proc/self/status"), "Uid:");
    String theirs = RunningJvm.line(new File(process, "status"), "Uid:");
    if (own != null && !own.equals(theirs)) file.setWritable(true, false);
  }

  /** Where the other JVM finds it. */
  String path() {
    return theirs;
  }

  /** Whether the other JVM has a /tmp of its own. */
  boolean isElsewhere() {
    return !theirs.equals(file.getAbsolutePath());
  }

  /** Called by the other JVM: adds to what is there; nothing where it does not see the file. */
  static void write(File file, String text) throws IOException {
    if (!file.exists()) return;
    try (Writer writer = new OutputStreamWriter(new FileOutputStream(file, true), "UTF-8")) {
      writer.write(text);
    }
  }

  /** Empty where the other JVM could not write. */
  String read() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = new InputStreamReader(new FileInputStream(file), "UTF-8")) {
      char[] buffer = new char[4096];
      for (int n; (n = reader.read(buffer)) > 0; ) text.append(buffer, 0, n);
    }
    return text.toString();
  }

  @Override
  public void close() {
    if (!file.delete()) file.deleteOnExit();
  }
}
