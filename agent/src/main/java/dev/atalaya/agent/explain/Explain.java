package dev.atalaya.agent.explain;

import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Access;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Template;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets the plans of slow SELECTs, one after the other, each over a connection of its own.
 *
 * <p>A driver may hang whatever it was told about timeouts. So each question has a thread of its
 * own, which is left behind where it takes too long: interrupted, and its plan unwanted. While some
 * such threads are still there, nothing more is asked.
 */
public final class Explain {
  private static final int WAITING = 16;
  private static final int HANGING = 4;
  private static final int FINGERPRINTS = 1_000;
  private static final int REASONS = 16;
  private static final long AGAIN = TimeUnit.HOURS.toNanos(1);
  private static final int STACK = 512 * 1024;

  private final long patience;
  private final BlockingQueue<Question> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Map<String, Long> asked = new LinkedHashMap<>();

  // Used by this class's own thread alone.
  private final List<Thread> hanging = new ArrayList<>();
  private final Set<String> reasons = new HashSet<>();

  private @Nullable Thread thread;

  public Explain() {
    this(5_000);
  }

  /** {@code patience} is what a plan may take from the question on, in ms. */
  Explain(long patience) {
    this.patience = TimeUnit.MILLISECONDS.toNanos(patience);
  }

  /**
   * Asks for the plan in the background; never blocks. {@code done} is called on a thread of this
   * class, and only where there is a plan: of a SELECT that was not asked about within the last
   * hour, and whose way of connecting is known.
   */
  public void plan(Template template, String fingerprint, Consumer<Plan> done) {
    Access access = template.datasource.access();
    if (access == null || template.kind != SqlText.Kind.READ) return;
    Planner planner = Planner.of(template.datasource);
    if (planner == null) return;
    long now = System.nanoTime();
    synchronized (asked) {
      Long last = asked.get(fingerprint);
      if (last != null && now - last < AGAIN) return;
      if (!waiting.offer(new Question(template, access, planner, now + patience, done))) return;
      asked.remove(fingerprint);
      asked.put(fingerprint, now);
      if (asked.size() > FINGERPRINTS) asked.remove(asked.keySet().iterator().next());
      if (thread == null) thread = start(this::run, "atalaya-explain");
    }
  }

  private static Thread start(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
  }

  private void run() {
    Recorder.mute();
    while (true) {
      try {
        answerNext();
      } catch (Throwable lost) {
        // There was no memory even to log it.
      }
    }
  }

  private void answerNext() {
    try {
      answer(waiting.take());
    } catch (InterruptedException nobodyOfOurs) {
      // Goes on: the thread lives as long as the process.
    } catch (Throwable e) {
      Log.warn("a query's plan was not taken", e);
    }
  }

  private void answer(Question question) throws InterruptedException {
    hanging.removeIf(left -> !left.isAlive());
    long left = question.deadline - System.nanoTime();
    if (left <= 0 || hanging.size() >= HANGING) return;
    Thread asking = start(question, "atalaya-explain-connection");
    TimeUnit.NANOSECONDS.timedJoin(asking, left);
    if (asking.isAlive()) {
      asking.interrupt();
      hanging.add(asking);
      failed(question, "no answer in time");
      return;
    }
    if (question.failure != null) failed(question, question.failure);
    Plan plan = question.plan;
    if (plan != null) question.done.accept(plan);
  }

  /** Once for each reason: what the driver says may hold a password, so only its code is shown. */
  private void failed(Question question, String reason) {
    String line = question.template.datasource.system + ": " + reason;
    if (reasons.size() < REASONS && reasons.add(line)) Log.warn("no query plan from " + line);
  }

  /** One statement to be explained; its results are read when its thread has ended. */
  private static final class Question implements Runnable {
    final Template template;
    final Consumer<Plan> done;
    final long deadline;
    private final Access access;
    private final Planner planner;
    @Nullable Plan plan;
    @Nullable String failure;

    Question(
        Template template, Access access, Planner planner, long deadline, Consumer<Plan> done) {
      this.template = template;
      this.access = access;
      this.planner = planner;
      this.deadline = deadline;
      this.done = done;
    }

    @Override
    public void run() {
      Recorder.mute();
      try {
        plan = ask();
      } catch (SQLException e) {
        String state = e.getSQLState();
        failure = state != null && state.matches("[0-9A-Z]{5}") ? "SQLSTATE " + state : "an error";
      } catch (Throwable e) {
        failure = e.getClass().getName();
      }
    }

    private @Nullable Plan ask() throws SQLException {
      Datasource datasource = template.datasource;
      Select select = Select.of(template.text, datasource.dialect);
      Properties properties = select == null ? null : planner.properties(access);
      if (select == null || properties == null) return null;
      try (Session session = Session.open(access, properties, deadline)) {
        return session == null ? null : planner.plan(session, select);
      }
    }
  }
}
