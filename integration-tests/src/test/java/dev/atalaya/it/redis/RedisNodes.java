package dev.atalaya.it.redis;

import dev.atalaya.it.Otlp;
import dev.atalaya.it.RedisProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A cluster of three masters, or a master with a replica and a sentinel; on this machine. */
final class RedisNodes implements AutoCloseable {
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> all = new ArrayList<>();

  private RedisNodes() {}

  static RedisNodes cluster() throws IOException {
    RedisNodes nodes = new RedisNodes();
    int share = SLOTS / 3 + 1;
    for (int i = 0; i < 3; i++) {
      RedisProcess node = nodes.start("--cluster-enabled yes");
      StringBuilder slots = new StringBuilder("CLUSTER ADDSLOTS");
      for (int slot = i * share; slot < Math.min(SLOTS, (i + 1) * share); slot++) {
        slots.append(' ').append(slot);
      }
      node.command(slots.toString());
      if (i > 0) {
        node.command("CLUSTER MEET 127.0.0.1 " + nodes.all.get(0).port());
      }
    }
    for (RedisProcess node : nodes.all) {
      nodes.await(() -> node.command("CLUSTER INFO").contains("cluster_state:ok"));
      nodes.await(() -> node.command("CLUSTER NODES").split("connected").length > 3);
    }
    return nodes;
  }

  static RedisNodes watched() throws IOException {
    RedisNodes nodes = new RedisNodes();
    int master = nodes.start().port();
    RedisProcess replica = nodes.start("--replicaof 127.0.0.1 " + master);
    nodes.await(() -> replica.command("INFO replication").contains("master_link_status:up"));
    RedisProcess sentinel = nodes.sentinel();
    sentinel.command("SENTINEL MONITOR shop 127.0.0.1 " + master + " 1");
    sentinel.command("SENTINEL SET shop down-after-milliseconds 1000");
    nodes.await(() -> sentinel.command("SENTINEL MASTERS").contains("num-slaves\r\n$1\r\n1"));
    return nodes;
  }

  RedisProcess node(int number) {
    return all.get(number);
  }

  private RedisProcess start(String... more) throws IOException {
    RedisProcess node = new RedisProcess(more);
    all.add(node);
    return node;
  }

  private RedisProcess sentinel() throws IOException {
    RedisProcess sentinel = RedisProcess.sentinel();
    all.add(sentinel);
    return sentinel;
  }

  /** The keys of that node's slots, of the given ones. */
  int slot(String key) {
    return number(node(0).command("CLUSTER KEYSLOT " + key));
  }

  /** The number of the node that answers for the slot. */
  int owner(int slot) {
    return slot / (SLOTS / 3 + 1);
  }

  /** The key is on its way: its node sends those who ask to the next one. */
  void move(String key, int to) {
    int slot = slot(key);
    int from = owner(slot);
    node(to).command("CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
    node(from).command("CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
    String moved =
        node(from).command("MIGRATE 127.0.0.1 " + node(to).port() + " " + key + " 0 999");
    if (!moved.startsWith("+OK")) {
      throw new IllegalStateException(moved);
    }
  }

  /** The key has arrived: who asks the old node is told of the new one. */
  void moved(String key, int to) {
    int slot = slot(key);
    for (int node : new int[] {to, owner(slot)}) {
      node(node).command("CLUSTER SETSLOT " + slot + " NODE " + id(to));
    }
  }

  private String id(int node) {
    return node(node).command("CLUSTER MYID").split("\r\n")[1];
  }

  private static int number(String reply) {
    return Integer.parseInt(reply.substring(1, reply.indexOf('\r')));
  }

  private void await(java.util.function.BooleanSupplier condition) {
    if (!Otlp.await(condition::getAsBoolean)) {
      close();
      throw new IllegalStateException("the nodes of Redis do not find each other");
    }
  }

  @Override
  public void close() {
    for (RedisProcess node : all) {
      node.close();
    }
  }
}
