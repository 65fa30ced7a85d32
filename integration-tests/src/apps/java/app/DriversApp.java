package app;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/**
 * Threads that load drivers and ask for connections at once; or one, and in which order they are.
 */
public final class DriversApp {
  private static final String[] DRIVERS = {
    "org.h2.Driver", "org.postgresql.Driver", "org.mariadb.jdbc.Driver"
  };

  private DriversApp() {}

  public static void main(String[] args) throws Exception {
    if (args[0].equals("order")) {
      Class.forName(DRIVERS[1]);
      for (Driver driver : Collections.list(DriverManager.getDrivers())) {
        System.out.println(driver.getClass().getName());
      }
      return;
    }
    List<Callable<?>> tasks = new ArrayList<>();
    for (String driver : DRIVERS) tasks.add(() -> Class.forName(driver));
    for (int i = 0; i < 3; i++) tasks.add(DriversApp::query);
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    List<Thread> threads = new ArrayList<>();
    for (Callable<?> task : tasks) threads.add(new Thread(() -> run(task, start)));
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
    long deadline = System.currentTimeMillis() + 15_000;
    for (Thread thread : threads) {
      thread.join(Math.max(1, deadline - System.currentTimeMillis()));
      if (thread.isAlive()) {
        System.out.println("hangs");
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private static Object query() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:a")) {
      return connection.createStatement().execute("SELECT 1");
    }
  }

  private static void run(Callable<?> task, CyclicBarrier start) {
    try {
      start.await();
      task.call();
      System.out.println("done");
    } catch (Exception e) {
      e.printStackTrace();
    }
  }
}
