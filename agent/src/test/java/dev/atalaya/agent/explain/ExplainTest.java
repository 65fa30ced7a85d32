package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Access;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who is asked, how often, and what of a bad driver. */
class ExplainTest {
  private static final String URL = "jdbc:h2:mem:asked";

  @Test
  void access_is_not_kept_where_explain_is_off() throws Exception {
    Asking off = new Asking(false, new org.h2.Driver(), URL, new Properties());
    assertNull(off.template("SELECT 1").datasource.access());
    Asking on = new Asking(new org.h2.Driver(), URL, new Properties());
    assertNotNull(on.template("SELECT 1").datasource.access());
  }

  @Test
  void access_shows_nothing_and_holds_no_driver() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("password", "CANARY");
    properties.put("object", new Object());
    Driver driver = driver(() -> null);
    WeakReference<Driver> held = new WeakReference<>(driver);
    Access access =
        new Asking(driver, "jdbc:h2:mem:CANARY", properties)
            .template("SELECT 1")
            .datasource
            .access();
    driver = null;
    assertFalse(access.toString().contains("CANARY"));
    for (int i = 0; i < 50 && held.get() != null; i++, Thread.sleep(20)) System.gc();
    assertNull(held.get());
    assertNull(access.connect(new Properties()));
  }

  @Test
  void a_wrappers_driver_is_not_asked() {
    Asking asking = new Asking(driver(() -> null), "jdbc:p6spy:h2:mem:wrapped", new Properties());
    assertNull(asking.template("SELECT 1").datasource.access());
  }

  @Test
  void a_fingerprint_is_asked_once_an_hour() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    Driver driver =
        driver(
            () -> {
              connections.incrementAndGet();
              return DriverManager.getConnection(URL);
            });
    try (Connection open = DriverManager.getConnection(URL)) {
      Asking asking = new Asking(driver, URL, new Properties());
      Explain explain = new Explain();
      for (int i = 0; i < 5; i++) {
        CompletableFuture<Plan> plan = new CompletableFuture<>();
        explain.plan(asking.template("SELECT 7"), i < 4 ? "one" : "two", plan::complete);
        if (i == 0 || i == 4) assertNotNull(plan.get(5, TimeUnit.SECONDS));
      }
      assertEquals(2, connections.get());
    }
  }

  @Test
  void what_hangs_in_connect_is_left_behind() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    assertLeftBehind(
        driver(
            () -> {
              hang(interrupted);
              return null;
            }),
        interrupted);
  }

  @Test
  void what_hangs_in_execute_is_left_behind_and_closed() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    Connection connection =
        proxy(
            Connection.class,
            name -> {
              if (name.equals("prepareStatement")) hang(interrupted);
              if (name.equals("close")) closed.set(true);
            });
    assertLeftBehind(driver(() -> connection), interrupted);
    for (int i = 0; i < 100 && !closed.get(); i++) Thread.sleep(10);
    assertTrue(closed.get(), "the connection was not closed");
  }

  @Test
  void a_driver_that_never_returns_blocks_nobody() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    Driver deaf =
        driver(
            () -> {
              connections.incrementAndGet();
              while (end.getCount() > 0) {
                try {
                  end.await();
                } catch (InterruptedException ignored) {
                  // Deaf.
                }
              }
              return null;
            });
    try {
      Asking asking = new Asking(deaf, "jdbc:h2:mem:deaf", new Properties());
      Explain explain = new Explain(50);
      for (int i = 0; i < 40; i++) {
        long begin = System.nanoTime();
        explain.plan(asking.template("SELECT 7"), "hangs-" + i, plan -> {});
        assertTrue(System.nanoTime() - begin < 1_000_000_000L, "it blocked");
        Thread.sleep(20);
      }
      Thread.sleep(300);
      assertEquals(4, connections.get(), "threads that hang");
    } finally {
      end.countDown();
    }
  }

  @Test
  void an_error_of_the_driver_is_no_plan_and_the_next_is_asked() throws Exception {
    Asking asking =
        new Asking(
            driver(
                () -> {
                  throw new NoClassDefFoundError("CANARY");
                }),
            "jdbc:h2:mem:broken",
            new Properties());
    Explain explain = new Explain();
    explain.plan(asking.template("SELECT 7"), "broken", plan -> {});
    assertAnswers(explain);
  }

  private static void assertLeftBehind(Driver driver, CountDownLatch interrupted) throws Exception {
    Asking asking = new Asking(driver, "jdbc:h2:mem:hangs", new Properties());
    Explain explain = new Explain(1_000);
    AtomicBoolean answered = new AtomicBoolean();
    explain.plan(asking.template("SELECT 7"), "hangs", plan -> answered.set(true));
    assertTrue(interrupted.await(5, TimeUnit.SECONDS), "it was not told to end");
    assertAnswers(explain);
    assertFalse(answered.get());
  }

  private static void assertAnswers(Explain explain) throws Exception {
    try (Connection open = DriverManager.getConnection(URL)) {
      Asking good = new Asking(new org.h2.Driver(), URL, new Properties());
      CompletableFuture<Plan> plan = new CompletableFuture<>();
      explain.plan(good.template("SELECT 7"), "good", plan::complete);
      assertNotNull(plan.get(5, TimeUnit.SECONDS));
    }
  }

  private static void hang(CountDownLatch interrupted) throws SQLException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw new SQLException("interrupted");
    }
  }

  private interface Action {
    Connection connect() throws SQLException;
  }

  private interface Before {
    void call(String method) throws SQLException;
  }

  private static Driver driver(Action action) {
    return (Driver)
        Proxy.newProxyInstance(
            ExplainTest.class.getClassLoader(),
            new Class<?>[] {Driver.class},
            (proxy, method, arguments) -> action.connect());
  }

  /** Answers what is false, 0 or null. */
  private static <T> T proxy(Class<T> type, Before before) {
    return type.cast(
        Proxy.newProxyInstance(
            ExplainTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              before.call(method.getName());
              if (method.getReturnType() == boolean.class) return true;
              if (method.getReturnType() == Statement.class) return proxy(Statement.class, before);
              return null;
            }));
  }
}
