package app;

import com.google.common.base.Function;
import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** SQL in what listens to Guava's futures, completed by a thread of no request. */
public final class GuavaApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final Executor DIRECT = Runnable::run;

  private final ListeningExecutorService pool =
      MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(3));

  public static void main(String[] args) throws Exception {
    GuavaApp app = new GuavaApp();
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INT)");
    }
    new Web(4).on("/context", scenario -> "" + app.run(scenario)).start();
  }

  private int run(String scenario) throws Exception {
    switch (scenario) {
      case "nothing":
        return completed(SettableFuture.create(), 0);
      case "transform":
        SettableFuture<Integer> source = SettableFuture.create();
        Function<Integer, Integer> query = x -> query();
        List<ListenableFuture<Integer>> all = new ArrayList<>();
        all.add(Futures.transform(source, query, DIRECT));
        all.add(Futures.transform(all.get(0), query, pool));
        completed(source, 2);
        Futures.allAsList(all).get();
        return 2;
      case "callback":
        SettableFuture<Integer> asked = SettableFuture.create();
        CountDownLatch told = new CountDownLatch(2);
        Futures.addCallback(asked, new Query(told), DIRECT);
        Futures.addCallback(asked, new Query(told), pool);
        completed(asked, 2);
        told.await();
        return 2;
      case "decorated":
        ListenableFuture<Integer> task = pool.submit((Callable<Integer>) GuavaApp::query);
        CountDownLatch done = new CountDownLatch(1);
        task.addListener(
            () -> {
              query();
              done.countDown();
            },
            DIRECT);
        done.await();
        return 2;
      default:
        throw new IllegalArgumentException(scenario);
    }
  }

  /** By a thread that nobody handed a context. */
  private static int completed(SettableFuture<Integer> future, int value) {
    Thread thread = new Thread(() -> future.set(value));
    thread.start();
    return value;
  }

  private static int query() {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
      return rows.next() ? 1 : 0;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Query implements FutureCallback<Integer> {
    private final CountDownLatch told;

    Query(CountDownLatch told) {
      this.told = told;
    }

    @Override
    public void onSuccess(Integer result) {
      query();
      told.countDown();
    }

    @Override
    public void onFailure(Throwable error) {
      told.countDown();
    }
  }
}
