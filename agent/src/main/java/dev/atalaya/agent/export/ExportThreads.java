package dev.atalaya.agent.export;

import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.trace.Recorder;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The room's threads: daemons of which nothing is recorded, and that hold no class loader. */
final class ExportThreads {
  private static final int MOST_THREADS = 16;
  private static final long STACK_SIZE = 256 * 1024;

  private ExportThreads() {}

  static Thread thread(String name, Runnable work) {
    Runnable quietly =
        () -> {
          try {
            Recorder.mute();
            work.run();
          } catch (Throwable error) {
            // It must not reach the application's uncaught exception handler: some end the process.
            Log.warn("an error in export, which goes on", error);
          }
        };
    Thread thread = new Thread(null, quietly, name, STACK_SIZE);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    return thread;
  }

  /** Threads come with the work and go when there is none. */
  static ExecutorService executor(String name) {
    return new ThreadPoolExecutor(
        0,
        MOST_THREADS,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> thread(name, work));
  }
}
