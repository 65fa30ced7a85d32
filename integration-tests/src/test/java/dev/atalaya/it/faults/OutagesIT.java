package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.atalaya.it.App;
import dev.atalaya.it.Collector;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.RedisProcess;
import dev.atalaya.it.Shop;
import dev.atalaya.it.Told;
import dev.atalaya.it.Visitor;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The naive shop in a tight heap, visited while the collector, the database and Redis are away by
 * turns and the receivers of alerts never answer.
 *
 * <p>A minute by default; {@code -Dsoak.minutes=60} takes an hour, with outages of a minute. What
 * it saw each time it looked is a table in {@code target/outages.md}.
 */
final class OutagesIT {
  private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "1"));

  /** The share of the time that each outage takes: a minute at most. */
  private static final double OUTAGE = Math.min(0.09, 1 / MINUTES);

  private static final long PAUSE_MILLIS = Long.getLong("soak.pause", 200);
  private static final int VISITORS = 2;
  private static final int MOST_GROWTH = 6 << 20;

  /** The partner's, which the shop asks in the same process. */
  private static final List<String> PARTNER = List.of("/shipping", "/risk", "/payments");

  private final long began = System.nanoTime();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final List<String> table = new ArrayList<>();
  private volatile boolean over;

  @Test
  void outages_cost_no_span_that_there_was_room_for_and_leave_no_memory_behind() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        RedisProcess redis = new RedisProcess();
        Collector collector = new Collector();
        ServerSocket hanging = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Cable toPostgres = new Cable(postgres.getPort());
        Cable toRedis = new Cable(redis.port());
        Cable toCollector = new Cable(collector.port());
        App shop = shop(toPostgres, toRedis, toCollector, hanging.getLocalPort())) {
      ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
      List<Future<?>> visits = new ArrayList<>();
      for (int i = 0; i < VISITORS; i++) {
        visits.add(visitors.submit(() -> visit(shop)));
      }
      pass(0.25, shop, collector, "all is there");
      long warm = LiveHeap.bytes(shop);
      for (Cable cable : List.of(toCollector, toPostgres, toRedis)) {
        String what = cable == toCollector ? "collector" : cable == toRedis ? "Redis" : "database";
        cable.cut();
        pass(OUTAGE, shop, collector, "no " + what);
        cable.mend();
        pass(0.09, shop, collector, what + " is back");
      }
      pass(0.48 - 3 * OUTAGE, shop, collector, "all is there");
      long then = LiveHeap.bytes(shop);
      over = true;
      for (Future<?> one : visits) one.get();
      visitors.shutdown();
      report(warm, then);

      Metrics metrics = shop.metrics();
      String about = metrics.about("atalaya_spans") + shop.agentLines();
      assertEquals(0, metrics.value("atalaya_spans_dropped_total"), about);
      assertTrue(metrics.value("atalaya_spans_exported_total") > 20 * VISITORS, about);
      String served = "http_server_request_duration_seconds_count";
      double requests = metrics.value(served);
      for (String route : PARTNER) requests -= metrics.value(served, "http_route", route);
      assertEquals(sent.get(), requests, about);
      assertTrue(failed.get() > 0 && failed.get() < sent.get() / 2, failed + " of " + sent);
      assertTrue(then - warm < MOST_GROWTH, () -> warm + " live bytes became " + then);
      assertTrue(Told.of(shop).size() > 5, about);
      assertTrue(shop.agentLines().contains("N+1 GET "), about);
    }
  }

  private static App shop(Cable postgres, Cable redis, Cable collector, int hanging) {
    return Shop.launch()
        .jvmArguments("-Xmx160m")
        .environment(
            "SHOP_DB_URL",
            "jdbc:postgresql://localhost:"
                + postgres.port()
                + "/postgres?user=postgres&password=postgres&socketTimeout=20")
        .environment("SHOP_REDIS_URL", "redis://127.0.0.1:" + redis.port())
        .agent(null)
        .property("otel.bsp.schedule.delay", "1000")
        .property("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + collector.port())
        .property("atalaya.explain", "on")
        .property("atalaya.slow.query.threshold", "50ms")
        .property("atalaya.alert.webhook.url", "http://127.0.0.1:" + hanging + "/hangs")
        .property("atalaya.alert.alertmanager.url", "http://127.0.0.1:" + hanging)
        .start();
  }

  /** One who reads, and at times buys, until it is over; what goes wrong is counted. */
  private void visit(App shop) {
    String address = "http://127.0.0.1:" + shop.port();
    Visitor visitor = new Visitor(address);
    sent.incrementAndGet();
    visitor.login("elena4@example.com");
    for (int walk = 1; !over; walk++) {
      for (Shop.Visit visit : Shop.WALK) {
        boolean buys = visit.body() != null;
        if (over || buys && walk % 20 != 0) continue;
        sent.incrementAndGet();
        try {
          int status =
              buys
                  ? visitor.post(visit.path(), visit.body()).statusCode()
                  : visitor.get(visit.path()).statusCode();
          if (status != visit.status()) failed.incrementAndGet();
        } catch (IllegalStateException late) {
          failed.incrementAndGet();
          unanswered.incrementAndGet();
        }
        Otlp.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Waits for that share of the whole time, and notes what there is to see. */
  private void pass(double share, App shop, Collector collector, String what) throws Exception {
    long end = System.nanoTime() + (long) (share * MINUTES * 60e9);
    do {
      Otlp.sleep(Math.max(1, Math.min(60_000, (end - System.nanoTime()) / 1_000_000)));
      Metrics metrics = shop.metrics();
      table.add(
          String.format(
              Locale.ROOT,
              "| %.1f | %s | %d | %d | %.0f | %d | %.0f | %.0f | %.1f | %.1f | %d |",
              (System.nanoTime() - began) / 60e9,
              what,
              sent.get(),
              failed.get(),
              metrics.value("atalaya_spans_exported_total"),
              collector.requests.get(),
              metrics.value("atalaya_spans_dropped_total"),
              metrics.value("atalaya_queue_size"),
              metrics.value("jvm_memory_used_bytes", "jvm_memory_type", "non_heap") / 1048576,
              residentBytes(shop) / 1048576.0,
              Told.of(shop).size()));
    } while (System.nanoTime() < end);
  }

  private static long residentBytes(App app) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(app.pid()), "status"))) {
      if (line.startsWith("VmRSS:")) return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
    }
    return 0;
  }

  private void report(long warm, long then) throws IOException {
    List<String> page = new ArrayList<>();
    page.add(
        "| minute | | requests | failed | spans exported | exports | dropped | queue | non-heap MiB"
            + " | RSS MiB | findings |");
    page.add("|---|---|---|---|---|---|---|---|---|---|---|");
    page.addAll(table);
    page.add("");
    page.add("Live heap: " + warm + " bytes after the first quarter, " + then + " at the end.");
    page.add(sent + " requests, " + unanswered + " of them not answered within the client's time.");
    Files.write(Path.of("target", "outages.md"), page);
  }

  /** Takes what comes and keeps nothing. */
  private static final class Collector implements AutoCloseable {
    final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;

    Collector() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }

    int port() {
      return server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
