package app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import net.spy.memcached.MemcachedClient;

/** Memcached, a key at a time and many at once; argument: the port. */
public final class SpymemcachedApp {
  private final MemcachedClient client;

  private SpymemcachedApp(MemcachedClient client) {
    this.client = client;
  }

  public static void main(String[] args) throws Exception {
    MemcachedClient client =
        new MemcachedClient(new InetSocketAddress("localhost", Integer.parseInt(args[0])));
    for (int i = 0; i < 20; i++) {
      client.set("user:" + i + ":name", 0, "CANARY" + i).get();
    }
    SpymemcachedApp app = new SpymemcachedApp(client);
    new Web(4)
        .on("/memcached", app::run)
        .on("/reads", query -> app.reads())
        .on("/bulk", query -> app.run("bulk"))
        .start();
  }

  private String run(String scenario) throws Exception {
    switch (scenario) {
      case "hit":
        return "" + client.get("user:1:name");
      case "miss":
        return "" + client.get("user:999:name");
      case "set":
        return "" + client.set("visits", 0, "1").get();
      case "bulk":
        return client.getBulk(keys()).size() + " names";
      case "incr":
        return "" + client.incr("visits", 1);
      case "error":
        return "" + client.incr("user:1:name", 1);
      default:
        throw new IllegalArgumentException(scenario);
    }
  }

  private String reads() {
    int found = 0;
    for (String key : keys()) {
      found += client.get(key) == null ? 0 : 1; // <- reads
    }
    return found + " names";
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add("user:" + i + ":name");
    }
    return keys;
  }
}
