package app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A program of java.base alone, which runs a task in a pool and ends after some seconds. */
public final class BareApp {
  private BareApp() {}

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    System.out.println(pool.submit(() -> "the task ran").get());
    pool.shutdown();
    Thread.sleep(Long.parseLong(args[0]));
  }
}
