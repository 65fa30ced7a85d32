package dev.atalaya.it.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A way to a server of this machine that can be cut, and is there again when mended. */
final class Cable implements AutoCloseable {
  private final int to;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile ServerSocket server;

  Cable(int to) throws IOException {
    this.to = to;
    server = listen(0);
    port = server.getLocalPort();
  }

  int port() {
    return port;
  }

  /** Breaks what is connected, and refuses more. */
  void cut() throws IOException {
    server.close();
    for (Socket end : ends) end.close();
  }

  void mend() throws IOException {
    server = listen(port);
  }

  private ServerSocket listen(int at) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
    start(() -> accept(socket));
    return socket;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket here = from.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
        for (Socket end : new Socket[] {here, there}) {
          end.setTcpNoDelay(true);
          ends.add(end);
        }
        if (from.isClosed()) cut();
        start(() -> pass(here, there));
        start(() -> pass(there, here));
      } catch (IOException cut) {
        // Nobody is there, or no more are to come.
      }
    }
  }

  private void pass(Socket from, Socket on) {
    try (from;
        on) {
      InputStream in = from.getInputStream();
      OutputStream out = on.getOutputStream();
      byte[] some = new byte[8192];
      for (int length; (length = in.read(some)) >= 0; ) out.write(some, 0, length);
    } catch (IOException ended) {
      // By either side, or cut.
    }
    ends.remove(from);
    ends.remove(on);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}
