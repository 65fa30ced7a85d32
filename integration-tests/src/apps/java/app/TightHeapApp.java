package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/** An application whose heap can be filled and emptied; arguments: URL, user, password. */
public final class TightHeapApp {
  private static final int BLOCK = 64 * 1024;

  private final Pools.Source source;
  private final List<byte[]> held = new ArrayList<byte[]>();

  private TightHeapApp(Pools.Source source) {
    this.source = source;
  }

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("hikari", args[0], args[1], args.length > 2 ? args[2] : "");
    Orders.create(source, false);
    TightHeapApp app = new TightHeapApp(source);
    new Web(4)
        .on("/loop", app::loop)
        .on("/again", app::loop)
        .on("/fill", app::fill)
        .on("/burst", app::burst)
        .on("/free", app::free)
        .start();
  }

  private String loop(String nothing) throws Exception {
    int rows = 0;
    try (Connection connection = source.get()) {
      for (int order : Orders.of(connection, 1)) {
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM item WHERE order_id = ?")) {
          statement.setInt(1, order);
          try (ResultSet found = statement.executeQuery()) {
            while (found.next()) rows++;
          }
        }
      }
    }
    return rows + " rows";
  }

  /** Holds so much that collections leave that many per cent of the heap in use. */
  private synchronized String fill(String percent) {
    Runtime runtime = Runtime.getRuntime();
    long wanted = runtime.maxMemory() / 100 * Integer.parseInt(percent);
    while (true) {
      System.gc();
      long missing = wanted - (runtime.totalMemory() - runtime.freeMemory());
      if (missing < BLOCK) return held.size() + " blocks";
      for (long i = 0; i <= missing / BLOCK / 2; i++) held.add(new byte[BLOCK]);
    }
  }

  /** Takes all memory there is, for so many milliseconds; then gives it back, and has a job. */
  private String burst(String millis) {
    Thread greedy = new Thread(() -> take(Long.parseLong(millis)), "greedy");
    greedy.setDaemon(true);
    greedy.start();
    return "begun";
  }

  private synchronized void take(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (int size = BLOCK; System.nanoTime() < end; size = Math.max(64, size / 2)) {
      try {
        while (System.nanoTime() < end) held.add(new byte[size]);
      } catch (OutOfMemoryError full) {
        // The next are smaller, until nothing fits.
      }
    }
    held.clear();
    new Timer(true)
        .schedule(
            new TimerTask() {
              @Override
              public void run() {
                try {
                  loop("");
                } catch (Exception failed) {
                  failed.printStackTrace();
                }
              }
            },
            0,
            200);
    System.out.println("GIVEN BACK");
  }

  private synchronized String free(String nothing) {
    held.clear();
    System.gc();
    return "free";
  }
}
