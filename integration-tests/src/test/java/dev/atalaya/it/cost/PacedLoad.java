package dev.atalaya.it.cost;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady pace over two connections that stay open; any other answer than 200 ends it.
 */
final class PacedLoad {
  private static final int CONNECTIONS = 2;

  private final int port;

  PacedLoad(int port) {
    this.port = port;
  }

  /**
   * Sends {@code requests} in all, taking turns among the paths; returns how long each took, in ns.
   */
  long[] send(int requests, int perSecond, String... paths) throws IOException {
    long[] took = new long[requests];
    long start = System.nanoTime();
    List<IOException> failures = new ArrayList<>();
    List<Thread> senders = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      int first = c;
      Thread sender =
          new Thread(
              () -> {
                try {
                  send(first, took, 1_000_000_000L / perSecond, start, paths);
                } catch (IOException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              },
              "load-" + c);
      sender.start();
      senders.add(sender);
    }
    for (Thread sender : senders) {
      join(sender);
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return took;
  }

  /** Sends to one path for so long, as fast as the answers come; returns how many a second. */
  double full(long nanos, String path) throws IOException {
    AtomicInteger sent = new AtomicInteger();
    long start = System.nanoTime();
    List<Thread> senders = new ArrayList<>();
    List<IOException> failures = Collections.synchronizedList(new ArrayList<>());
    for (int c = 0; c < CONNECTIONS; c++) {
      Thread sender =
          new Thread(
              () -> {
                try (Socket socket = connect()) {
                  InputStream in = new BufferedInputStream(socket.getInputStream());
                  while (System.nanoTime() - start < nanos) {
                    exchange(socket, in, path);
                    sent.incrementAndGet();
                  }
                } catch (IOException e) {
                  failures.add(e);
                }
              },
              "full-" + c);
      sender.start();
      senders.add(sender);
    }
    senders.forEach(PacedLoad::join);
    if (!failures.isEmpty()) throw failures.get(0);
    return sent.get() * 1e9 / (System.nanoTime() - start);
  }

  private void send(int first, long[] took, long interval, long start, String... paths)
      throws IOException {
    try (Socket socket = connect()) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (int request = first; request < took.length; request += CONNECTIONS) {
        long early = start + request * interval - System.nanoTime();
        if (early > 0) {
          LockSupport.parkNanos(early);
        }
        // By turns of a whole round, so that each connection sends every path.
        long began = System.nanoTime();
        exchange(socket, in, paths[request / CONNECTIONS % paths.length]);
        took[request] = System.nanoTime() - began;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void exchange(Socket socket, InputStream in, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(path + " answered " + status);
    }
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).trim());
      }
    }
    if (length != in.readNBytes(length).length) {
      throw new IOException(path + " answered with less than its content length");
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the service closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
