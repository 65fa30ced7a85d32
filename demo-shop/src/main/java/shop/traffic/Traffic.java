package shop.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Visitors for the shop: a few of them see every endpoint once, then wander about for a while, the
 * same way each time. At the end the answers are counted.
 *
 * <p>{@code java -jar demo-shop.jar --traffic=http://localhost:8080 --seconds=20 --rate=40}
 */
public final class Traffic {
  private static final int VISITORS = 4;

  // What the small shop has, so that the same walk suits both sizes.
  private static final int PRODUCTS = 200;
  private static final int CUSTOMERS = 50;
  private static final int ORDERS = 500;

  private static final String ITEM = "{\"product\":{product},\"quantity\":{quantity}}";

  private static final List<Visit> VISITS =
      List.of(
          new Visit(20, "/?page={page}", null),
          new Visit(16, "/products/{product}", null),
          new Visit(8, "/cart?customer={customer}", null),
          new Visit(8, "/orders?customer={customer}", null),
          new Visit(16, "/api/products?page={page}", null),
          new Visit(8, "/api/products?q=oak", null),
          new Visit(20, "/api/products/{product}", null),
          new Visit(2, "/api/products/999999", null),
          new Visit(16, "/api/orders", null),
          new Visit(8, "/api/orders?customer={customer}", null),
          new Visit(8, "/api/orders/{order}", null),
          new Visit(12, "/api/cart/{customer}", null),
          new Visit(24, "/api/cart/{customer}/items", ITEM),
          new Visit(4, "/api/checkout/{customer}", ""),
          new Visit(3, "/api/reports/sales", null),
          new Visit(1, "/api/reports/search?q=oak", null),
          new Visit(12, "/api/async/{product}", null),
          new Visit(2, "/api/broken", null),
          new Visit(12, "/health", null));

  private static final List<Visit> WANDERING =
      VISITS.stream().flatMap(visit -> Collections.nCopies(visit.weight, visit).stream()).toList();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final String shop;

  private Traffic(String shop) {
    this.shop = shop.replaceAll("/+$", "");
  }

  public static void main(String[] args) throws InterruptedException {
    int seconds = Integer.parseInt(option(args, "seconds", "20"));
    int rate = Integer.parseInt(option(args, "rate", "40"));
    Traffic traffic = new Traffic(option(args, "traffic", "http://localhost:8080"));
    traffic.run(seconds, rate);
    traffic.printSummary(seconds);
  }

  private static String option(String[] args, String name, String otherwise) {
    String prefix = "--" + name + "=";
    for (String arg : args) {
      if (arg.startsWith(prefix)) {
        return arg.substring(prefix.length());
      }
    }
    return otherwise;
  }

  private void run(int seconds, int rate) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<Thread> visitors = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      int number = i;
      visitors.add(new Thread(() -> visit(number, rate, end), "visitor-" + i));
    }
    visitors.forEach(Thread::start);
    for (Thread visitor : visitors) {
      visitor.join();
    }
  }

  private void visit(int number, int rate, long end) {
    Random random = new Random(number);
    long pause = TimeUnit.SECONDS.toNanos(VISITORS) / rate;
    long next = System.nanoTime() + number * pause / VISITORS;
    try {
      for (int step = number; next - end < 0; step += VISITORS) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        send(step < VISITS.size() ? VISITS.get(step) : any(random), random);
        // Who is late goes on from here: no crowd may build up before a slow shop.
        next = Math.max(next + pause, System.nanoTime());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Visit any(Random random) {
    return WANDERING.get(random.nextInt(WANDERING.size()));
  }

  private void send(Visit visit, Random random) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    request.uri(URI.create(shop + fill(visit.path, random))).timeout(Duration.ofSeconds(30));
    if (visit.json != null) {
      request.header("Content-Type", "application/json");
      request.POST(BodyPublishers.ofString(fill(visit.json, random)));
    }
    String answer;
    try {
      answer = "status " + http.send(request.build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      answer = "no answer: " + e.getClass().getSimpleName();
    }
    answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
  }

  private static String fill(String template, Random random) {
    return template
        .replace("{page}", Integer.toString(random.nextInt(8)))
        .replace("{product}", Integer.toString(1 + random.nextInt(PRODUCTS)))
        .replace("{customer}", Integer.toString(1 + random.nextInt(CUSTOMERS)))
        .replace("{order}", Integer.toString(1 + random.nextInt(ORDERS)))
        .replace("{quantity}", Integer.toString(1 + random.nextInt(2)));
  }

  private void printSummary(int seconds) {
    long requests = answers.values().stream().mapToLong(LongAdder::sum).sum();
    System.out.printf("%d requests in %d s to %s%n", requests, seconds, shop);
    answers.forEach((answer, count) -> System.out.printf("  %-12s %6d%n", answer, count.sum()));
  }

  /** One thing a visitor does, so many times in 200; a GET where there is no JSON to post. */
  private record Visit(int weight, String path, String json) {}
}
