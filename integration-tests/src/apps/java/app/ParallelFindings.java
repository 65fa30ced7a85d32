package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** The same query a row on other threads than the request's; each takes some milliseconds. */
final class ParallelFindings {
  private static final String PAYMENT = "SELECT name, PAUSE(4) FROM payment WHERE order_id = ?";

  private final Pools.Source source;
  private final ExecutorService pool = Executors.newFixedThreadPool(3);

  private ParallelFindings(Pools.Source source) {
    this.source = source;
  }

  static void on(Web web, Pools.Source source) {
    ParallelFindings app = new ParallelFindings(source);
    web.on("/parallel_stream", query -> app.parallelStream())
        .on("/futures", query -> app.futures())
        .on("/parallel_thousand", query -> app.thousand())
        .on("/late", query -> app.late())
        .on("/virtual", query -> app.virtual());
  }

  private String parallelStream() throws Exception {
    return orders().parallelStream().mapToInt(order -> streamed(order)).sum() + " payments";
  }

  private int streamed(int order) {
    return read(
        statement -> {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- parallel stream
            return Orders.count(rows);
          }
        });
  }

  private String futures() throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int order : orders()) {
      Supplier<Integer> task =
          () ->
              read(
                  statement -> {
                    statement.setInt(1, order);
                    try (ResultSet rows = statement.executeQuery()) { // <- futures
                      return Orders.count(rows);
                    }
                  });
      all.add(CompletableFuture.supplyAsync(task, pool));
    }
    return all.stream().mapToInt(CompletableFuture::join).sum() + " payments";
  }

  /** Three threads at once, and quick statements. */
  private String thousand() throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int order = i;
      all.add(CompletableFuture.supplyAsync(() -> payment(order), pool));
    }
    return all.stream().mapToInt(CompletableFuture::join).sum() + " payments";
  }

  private int payment(int order) {
    try (Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      statement.setInt(1, order);
      try (ResultSet rows = statement.executeQuery()) { // <- parallel thousand
        return Orders.count(rows);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Half of it is done when the answer is already sent. */
  private String late() throws Exception {
    for (int order = 1; order <= 10; order++) {
      payment(order);
    }
    pool.execute(
        () -> {
          try {
            Thread.sleep(300);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          for (int order = 11; order <= 20; order++) {
            payment(order);
          }
        });
    return "10 payments so far";
  }

  private String virtual() throws Exception {
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    List<Future<Integer>> all = new ArrayList<>();
    for (int order : orders()) {
      all.add(virtual.submit(() -> virtually(order)));
    }
    int found = 0;
    for (Future<Integer> one : all) {
      found += one.get();
    }
    virtual.shutdown();
    return found + " payments";
  }

  private int virtually(int order) {
    return read(
        statement -> {
          statement.setInt(1, order);
          try (ResultSet rows = statement.executeQuery()) { // <- virtual
            return Orders.count(rows);
          }
        });
  }

  private List<Integer> orders() throws Exception {
    try (Connection connection = source.get()) {
      return Orders.of(connection, 1);
    }
  }

  private interface Query {
    int run(PreparedStatement statement) throws Exception;
  }

  private int read(Query query) {
    try (Connection connection = source.get();
        PreparedStatement statement = connection.prepareStatement(PAYMENT)) {
      return query.run(statement);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
