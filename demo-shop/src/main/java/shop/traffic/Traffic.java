package shop.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Visitors for the shop: a few of them log in, see every endpoint once between them, then wander
 * about for a while, the same way each time. At the end the answers are counted.
 *
 * <p>{@code java -jar demo-shop.jar --traffic=http://localhost:8080 --seconds=20 --rate=40}
 */
public final class Traffic {
  private static final int VISITORS = 4;

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
    // Every tenth customer has a big cart.
    Visitor visitor = new Visitor(shop, 10 * (number + 1));
    long pause = TimeUnit.SECONDS.toNanos(VISITORS) / rate;
    long next = System.nanoTime() + number * pause / VISITORS;
    try {
      pay(visitor, Visit.LOGIN);
      for (int step = number; next - end < 0; step += VISITORS) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        pay(visitor, step < Visit.ALL.size() ? Visit.ALL.get(step) : visitor.any());
        // Who is late goes on from here: no crowd may build up before a slow shop.
        next = Math.max(next + pause, System.nanoTime());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever logs in looks for the own orders first. */
  private void pay(Visitor visitor, Visit visit) throws InterruptedException {
    count(visitor.pay(visit));
    if (visit == Visit.LOGIN) {
      count(visitor.pay(Visit.ORDERS));
      visitor.becomeAnother();
    }
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, any -> new LongAdder()).increment();
  }

  private void printSummary(int seconds) {
    long requests = answers.values().stream().mapToLong(LongAdder::sum).sum();
    System.out.printf("%d requests in %d s to %s%n", requests, seconds, shop);
    answers.forEach((answer, count) -> System.out.printf("  %-12s %6d%n", answer, count.sum()));
  }
}
