package net.unheard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Function;

/** An HTTP server that no agent knows: its threads take one visitor after the other. */
public final class Server {
  private final ServerSocket socket;
  private final Function<String, String> handler;

  private Server(ServerSocket socket, Function<String, String> handler) {
    this.socket = socket;
    this.handler = handler;
  }

  /** Returns its port; the handler answers a request's path. */
  public static int start(int threads, Function<String, String> handler) throws IOException {
    ServerSocket socket = new ServerSocket(0, 64, InetAddress.getByName("127.0.0.1"));
    Server server = new Server(socket, handler);
    for (int i = 1; i <= threads; i++) {
      new Thread(server::serve, "executor-thread-" + i).start();
    }
    return socket.getLocalPort();
  }

  private void serve() {
    while (true) {
      try (Socket visitor = socket.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(visitor.getInputStream(), "UTF-8"));
        String path = in.readLine().split(" ")[1];
        String line = path;
        while (!line.isEmpty()) {
          line = in.readLine();
        }
        byte[] body = handler.apply(path).getBytes("UTF-8");
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: ";
        visitor.getOutputStream().write((head + body.length + "\r\n\r\n").getBytes("UTF-8"));
        visitor.getOutputStream().write(body);
      } catch (IOException | RuntimeException next) {
        // The visitor sees it.
      }
    }
  }
}
