package dev.atalaya.agent.boot;

import java.io.IOException;

/**
 * Prints each line that the other JVM adds to its answer; the rest, without a line's end, is the
 * outcome.
 */
final class Progress extends Thread {
  private static final int PAUSE_MILLIS = 50;

  private final AnswerFile file;
  private final String prefix;
  private int printed;
  private volatile boolean ended;

  Progress(AnswerFile file, String prefix) {
    this.file = file;
    this.prefix = prefix;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        print(file.read());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException unreadable) {
      // The outcome says so.
    }
  }

  void end() throws InterruptedException {
    ended = true;
    join();
  }

  /** After the end. Empty where the other JVM could not write. */
  String outcome() throws IOException {
    String text = file.read();
    print(text);
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private void print(String text) {
    for (int end; (end = text.indexOf('\n', printed)) >= 0; printed = end + 1) {
      System.out.println(prefix + Launcher.printable(text.substring(printed, end)));
    }
  }
}
