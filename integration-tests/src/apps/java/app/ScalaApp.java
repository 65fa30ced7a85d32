package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import scala.concurrent.Await$;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.concurrent.Future;
import scala.concurrent.Future$;
import scala.concurrent.Promise;
import scala.concurrent.Promise$;
import scala.concurrent.duration.Duration;

/** SQL in Scala's futures, one of them completed by a thread of no request. */
public final class ScalaApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final ExecutionContext GLOBAL = ExecutionContext$.MODULE$.global();
  private static final ExecutionContext POOL =
      ExecutionContext$.MODULE$.fromExecutor(Executors.newFixedThreadPool(3));

  private ScalaApp() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE item (id INT)");
    }
    new Web(4).on("/context", scenario -> "" + run(scenario)).start();
  }

  private static int run(String scenario) throws Exception {
    switch (scenario) {
      case "nothing":
        return 0;
      case "global":
        return chained(GLOBAL);
      case "pool":
        return chained(POOL);
      case "promise":
        Promise<Integer> promise = Promise$.MODULE$.apply();
        Future<Integer> both =
            promise.future().map(x -> x + query(), GLOBAL).map(x -> x + query(), POOL);
        new Thread(() -> promise.success(0)).start();
        return await(both);
      default:
        throw new IllegalArgumentException(scenario);
    }
  }

  /** Three queries, the last one of a future that the second begins. */
  private static int chained(ExecutionContext context) throws Exception {
    Future<Integer> body = Future$.MODULE$.apply(() -> query(), context);
    Future<Integer> next = body.map(x -> x + query(), context);
    return await(next.flatMap(x -> Future$.MODULE$.apply(() -> x + query(), context), context));
  }

  private static int await(Future<Integer> future) throws Exception {
    return Await$.MODULE$.result(future, Duration.create(10, "seconds"));
  }

  private static int query() {
    try (Connection connection = DriverManager.getConnection(URL);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
      return rows.next() ? 100 : 1;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
