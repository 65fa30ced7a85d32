package dev.atalaya.agent;

import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.weave.Weaving;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is instrumented, what was skipped and why, and what went wrong; for the doctor. */
final class Inventory implements Weaving.Log {
  /** Advice that throws this often is taken out. */
  private static final int FAULTS = 100;

  /** The source of a class that has no jar. */
  private static final String JDK = "JDK";

  private final @Nullable Consumer<String> progress;
  private final CountDownLatch applicationStarts = new CountDownLatch(1);
  private final Map<String, Library> libraries = new ConcurrentHashMap<>();
  private final Unsupported unsupported = new Unsupported();
  private final Map<String, Map<String, String>> unfit = new ConcurrentHashMap<>();
  private final Map<String, String> skipped = new ConcurrentHashMap<>();

  /** {@code progress} is told what takes a while; null where nobody waits for it. */
  Inventory(@Nullable Consumer<String> progress) {
    this.progress = progress;
  }

  @Override
  public void woven(String instrumentation, String type, @Nullable String source) {
    library(instrumentation).classes.merge(source == null ? JDK : source, 1, Integer::sum);
  }

  @Override
  public void weaves(int loaded, int wanted) {
    if (progress != null) progress.accept("weaves " + wanted + " of " + loaded + " loaded classes");
  }

  @Override
  public void failed(String type, Throwable error) {
    if (skipped.size() < 1_000) skipped.put(type, String.valueOf(error));
    Log.warn("left as it is, weaving failed: " + type, error);
  }

  @Override
  public void stuck(String type, Throwable error) {
    Log.warn("the agent's code stays in it, taking it out failed: " + type, error);
  }

  /** Told once per kind of loader: a container makes hundreds. */
  @Override
  public void hidden(String type, ClassLoader loader) {
    String kind = loader.getClass().getName();
    String reason = "class loader that does not ask the boot loader; its classes are not traced";
    if (skipped.size() < 1_000 && skipped.putIfAbsent(kind, reason) == null) {
      Log.warn("left as it is, as is all of " + kind + ", a " + reason + ": " + type);
    }
  }

  /** Told once per jar. */
  @Override
  public void unfit(String instrumentation, String type, @Nullable String source) {
    String jar = source == null ? JDK : source;
    Map<String, String> jars =
        unfit.computeIfAbsent(instrumentation, absent -> new ConcurrentHashMap<>());
    if (jars.size() < 100 && jars.putIfAbsent(jar, type) == null) {
      Log.warn(
          instrumentation
              + ": version not supported, some of what it does is not seen: "
              + jar
              + " has another "
              + type);
    }
  }

  @Override
  public void watched(String internalName) {
    unsupported.loaded(internalName);
  }

  @Override
  public void applicationStarts() {
    applicationStarts.countDown();
  }

  Unsupported unsupported() {
    return unsupported;
  }

  /** Waits for the application's main class, at most so long. */
  void awaitApplication(long millis) {
    try {
      applicationStarts.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void skip(String instrumentation, String reason) {
    skipped.put(instrumentation, reason);
  }

  /**
   * Advice threw; true where it has done so too often and must be taken out. That the JVM has no
   * memory or stack left is no fault of the advice: it passes.
   */
  boolean fault(String instrumentation, Throwable error) {
    Library library = library(instrumentation);
    boolean first = library.faults.incrementAndGet() == 1;
    if (first) Log.warn("an error in instrumentation " + instrumentation, error);
    return !(error instanceof VirtualMachineError) && library.own.incrementAndGet() == FAULTS;
  }

  Map<String, Integer> faults() {
    Map<String, Integer> faults = new TreeMap<>();
    libraries.forEach((name, library) -> faults.put(name, library.faults.get()));
    return faults;
  }

  /** By instrumentation and jar: how many of its classes are woven. */
  Map<String, Map<String, Integer>> libraries() {
    Map<String, Map<String, Integer>> all = new TreeMap<>();
    libraries.forEach((name, library) -> all.put(name, new TreeMap<>(library.classes)));
    return all;
  }

  /** By instrumentation and jar of a version that is not supported: a class that shows it. */
  Map<String, Map<String, String>> unfit() {
    return new TreeMap<>(unfit);
  }

  Map<String, String> skipped() {
    return new TreeMap<>(skipped);
  }

  private Library library(String instrumentation) {
    return libraries.computeIfAbsent(instrumentation, absent -> new Library());
  }

  private static final class Library {
    final Map<String, Integer> classes = new ConcurrentHashMap<>();
    final AtomicInteger faults = new AtomicInteger();

    /** Those of them that are not the JVM's lack of memory or stack. */
    final AtomicInteger own = new AtomicInteger();
  }
}
