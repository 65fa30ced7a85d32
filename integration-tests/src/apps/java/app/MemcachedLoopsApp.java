package app;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.internal.OperationFuture;

/** Loops over the keys of a Memcached, and what to write in their place; argument: the port. */
public final class MemcachedLoopsApp {
  private static MemcachedClient client;

  private MemcachedLoopsApp() {}

  public static void main(String[] args) throws Exception {
    client = new MemcachedClient(new InetSocketAddress("localhost", Integer.parseInt(args[0])));
    for (String key : keys()) client.set(key, 0, "1").get();
    new Web(4)
        .on("/memcached_get", query -> get())
        .on("/memcached_set", query -> set())
        .on("/barrier", query -> barrier())
        .start();
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add("user:" + i);
    }
    return keys;
  }

  private static String barrier() throws Exception {
    int changed = 0;
    for (String key : keys()) {
      OperationFuture<Boolean> touched = client.touch(key, 3600);
      changed += touched.get() ? 1 : 0;
    }
    return "" + changed;
  }

  private static String get() {
    Map<String, Object> values = new TreeMap<>();
    List<String> keys = keys();
    // sin: memcached_get
    keys.forEach(key -> values.put(key, client.get(key)));
    // mend: memcached_get by many
    // {code}
    // values.putAll(found);
    // done
    return "" + values;
  }

  private static String set() throws Exception {
    int stored = 0;
    // sin: memcached_set
    for (String key : keys()) stored += client.set(key, 0, "1").get() ? 1 : 0;
    // mend: memcached_set by futures
    // List<OperationFuture<Boolean>> sent = new ArrayList<>();
    // for (String key : keys()) sent.add(client.set(key, 0, "1"));
    // for (OperationFuture<Boolean> one : sent) stored += one.get() ? 1 : 0; // {code}
    // done
    return "" + stored;
  }
}
