package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** SQL on other threads than the request's; each way of getting there is a scenario. */
public final class ContextApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

  private final ExecutorService pool = Executors.newFixedThreadPool(3);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final ForkJoinPool forkJoin = new ForkJoinPool(2);
  private final Timer timer = new Timer(true);

  public static void main(String[] args) throws Exception {
    final ContextApp app = new ContextApp();
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INT)");
    }
    new Web(4).on("/context", scenario -> app.run(scenario)).start();
  }

  private String run(String scenario) throws Exception {
    switch (scenario) {
      case "nothing":
        return "nothing";
      case "submit":
        return "" + pool.submit((Callable<Integer>) ContextApp::query).get();
      case "execute":
        CountDownLatch done = new CountDownLatch(1);
        pool.execute(
            () -> {
              query();
              done.countDown();
            });
        done.await();
        return "executed";
      case "invoke_all":
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          tasks.add(ContextApp::query);
        }
        for (Future<Integer> result : pool.invokeAll(tasks)) {
          result.get();
        }
        return "5";
      case "fork_join":
        return "" + forkJoin.submit((Callable<Integer>) ContextApp::query).get();
      case "recursive":
        return "" + forkJoin.invoke(new Both());
      case "parallel_stream":
        return "" + Arrays.asList(1, 2, 3, 4).parallelStream().mapToInt(i -> query()).sum();
      case "completable_future":
        return ""
            + CompletableFuture.supplyAsync(ContextApp::query)
                .thenApplyAsync(before -> query())
                .thenCombineAsync(CompletableFuture.supplyAsync(ContextApp::query), (a, b) -> a)
                .get();
      case "schedule":
        return ""
            + scheduler
                .schedule((Callable<Integer>) ContextApp::query, 50, TimeUnit.MILLISECONDS)
                .get();
      case "virtual":
        ExecutorService virtual =
            (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        List<Future<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          results.add(virtual.submit((Callable<Integer>) ContextApp::query));
        }
        for (Future<Integer> result : results) {
          result.get();
        }
        return "5";
      case "late":
        pool.execute(
            () -> {
              sleep(300);
              query();
            });
        return "the answer comes first";
      case "fixed_rate":
        ScheduledFuture<?> periodic =
            scheduler.scheduleAtFixedRate(ContextApp::query, 0, 50, TimeUnit.MILLISECONDS);
        sleep(120);
        scheduler.schedule(() -> periodic.cancel(false), 100, TimeUnit.MILLISECONDS);
        return "periodic";
      case "timer":
        CountDownLatch fired = new CountDownLatch(3);
        timer.schedule(
            new TimerTask() {
              @Override
              public void run() {
                query();
                fired.countDown();
                if (fired.getCount() == 0) {
                  cancel();
                }
              }
            },
            0,
            20);
        fired.await();
        return "timer";
      default:
        throw new IllegalArgumentException(scenario);
    }
  }

  /** Two queries, one of them forked. */
  private static final class Both extends RecursiveTask<Integer> {
    @Override
    protected Integer compute() {
      RecursiveTask<Integer> other =
          new RecursiveTask<Integer>() {
            @Override
            protected Integer compute() {
              return query();
            }
          };
      other.fork();
      return query() + other.join();
    }
  }

  private static int query() {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
      sleep(5);
      return rows.next() ? 1 : 0;
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
