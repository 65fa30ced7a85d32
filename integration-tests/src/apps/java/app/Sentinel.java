package app;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Makes a sentinel of Redis take another master; past any client. */
final class Sentinel {
  private Sentinel() {}

  /** When it returns, the clients of the master before have lost their connections. */
  static void failover(int sentinel) throws Exception {
    int before = master(sentinel);
    String answer = ask(sentinel, "SENTINEL FAILOVER shop");
    if (!answer.startsWith("+OK")) {
      throw new IllegalStateException(answer);
    }
    for (int i = 0; i < 600 && master(sentinel) == before; i++) {
      Thread.sleep(50);
    }
    ask(before, "CLIENT KILL TYPE normal");
    Thread.sleep(500);
  }

  /** Its port. */
  private static int master(int sentinel) throws IOException {
    return Integer.parseInt(
        ask(sentinel, "SENTINEL GET-MASTER-ADDR-BY-NAME shop").split("\r\n")[4]);
  }

  private static String ask(int port, String command) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] reply = new byte[4096];
      int length = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(length, 0), StandardCharsets.US_ASCII);
    }
  }
}
