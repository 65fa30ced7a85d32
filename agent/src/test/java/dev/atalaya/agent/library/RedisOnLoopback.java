package dev.atalaya.agent.library;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server, or a cluster of two, on free ports, for one test class. */
public final class RedisOnLoopback implements AutoCloseable {
  public final int port = freePort();
  private final RedisServer server;
  private final Path folder;

  private RedisOnLoopback(boolean cluster) throws IOException {
    folder = Files.createTempDirectory("redis");
    RedisServerBuilder builder =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("dir " + folder)
            .setting("save \"\"")
            .setting("appendonly no");
    if (cluster) builder.setting("cluster-enabled yes").setting("cluster-node-timeout 2000");
    server = builder.build();
    server.start();
  }

  public static RedisOnLoopback start() throws IOException {
    return new RedisOnLoopback(false);
  }

  /** Two nodes that know nothing of each other yet. */
  public static List<RedisOnLoopback> startNodes() throws IOException {
    List<RedisOnLoopback> nodes = new ArrayList<>();
    for (int i = 0; i < 2; i++) nodes.add(new RedisOnLoopback(true));
    return nodes;
  }

  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    server.stop();
    File[] left = folder.toFile().listFiles();
    if (left != null) for (File file : left) Files.deleteIfExists(file.toPath());
    Files.deleteIfExists(folder);
  }

  /** Low enough for a cluster's second port, 10,000 above. */
  private static int freePort() {
    for (int port = 20_000 + (int) (Math.random() * 20_000); ; port++) {
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          ServerSocket bus = new ServerSocket(port + 10_000, 1, InetAddress.getLoopbackAddress())) {
        if (socket.isBound() && bus.isBound()) return port;
      } catch (IOException taken) {
        // The next one.
      }
    }
  }
}
