package app;

import java.lang.reflect.Method;
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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

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
      case "forked":
        return "" + forked(null);
      case "forked_on_platform":
        return "" + forked(Executors.defaultThreadFactory());
      case "started_virtual":
        CountDownLatch started = new CountDownLatch(1);
        Runnable task =
            () -> {
              query();
              started.countDown();
            };
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        started.await();
        return "1";
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

  /** Three queries, each forked; a preview that was another up to Java 24. */
  private static int forked(ThreadFactory threads) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    AutoCloseable scope = (AutoCloseable) scope(type, threads);
    try {
      Method fork = type.getMethod("fork", Callable.class);
      for (int i = 0; i < 3; i++) {
        fork.invoke(scope, (Callable<Integer>) ContextApp::query);
      }
      type.getMethod("join").invoke(scope);
      return 3;
    } finally {
      scope.close();
    }
  }

  private static Object scope(Class<?> type, ThreadFactory threads) throws Exception {
    if (!type.isInterface()) {
      return threads == null
          ? type.getConstructor().newInstance()
          : type.getConstructor(String.class, ThreadFactory.class).newInstance("shop", threads);
    }
    if (threads == null) return type.getMethod("open").invoke(null);
    Method with =
        Class.forName(type.getName() + "$Configuration")
            .getMethod("withThreadFactory", ThreadFactory.class);
    UnaryOperator<Object> configured =
        configuration -> {
          try {
            return with.invoke(configuration, threads);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        };
    for (Method open : type.getMethods()) {
      if (open.getName().equals("open") && open.getParameterCount() == 2) {
        Class<?> joiner = open.getParameterTypes()[0];
        return open.invoke(null, joiner.getMethod("awaitAll").invoke(null), configured);
      }
    }
    throw new IllegalStateException("no open in " + type);
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
