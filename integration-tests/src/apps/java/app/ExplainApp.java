package app;

import dev.atalaya.agent.explain.Explain;
import dev.atalaya.agent.explain.Plan;
import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The agent's room for plans alone, on a class path with a driver; arguments: URL, user, SQL. */
public final class ExplainApp {
  /** Runs each statement, but prints the plan and the suggestion of a SELECT. */
  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.setProperty("user", args[1]);
    Driver driver = DriverManager.getDriver(args[0]);
    Recorder recorder =
        new Recorder(
            new Settings(),
            new Worker(16, new Faults((part, error) -> {})),
            meters(),
            (e, name) -> {});
    Explain explain = new Explain();
    try (Connection connection = driver.connect(args[0], properties)) {
      recorder.connected(driver, connection, args[0], properties);
      for (int i = 2; i < args.length; i++) {
        if (args[i].startsWith("SELECT")) {
          print(explain, template(recorder, connection, args[i]), "slow-" + i);
        } else {
          try (Statement statement = connection.createStatement()) {
            statement.execute(args[i]);
          }
        }
      }
    }
    System.exit(0);
  }

  private static void print(Explain explain, Template template, String fingerprint)
      throws Exception {
    CompletableFuture<Plan> answer = new CompletableFuture<>();
    explain.plan(template, fingerprint, answer::complete);
    try {
      Plan plan = answer.get(6, TimeUnit.SECONDS);
      System.out.println("PLAN " + plan.text);
      System.out.println("SUGGESTION " + plan.suggestion);
    } catch (TimeoutException none) {
      System.out.println("NONE");
    }
  }

  private static Template template(Recorder recorder, Connection connection, String sql) {
    Object statement = new Object();
    recorder.preparing();
    recorder.prepared(connection, statement, sql);
    Span span = (Span) recorder.sql(statement, null);
    span.end(null);
    return span.template();
  }

  private static Meters meters() {
    Distribution any = new Distribution(new long[0]);
    return (Meters)
        Proxy.newProxyInstance(
            ExplainApp.class.getClassLoader(),
            new Class<?>[] {Meters.class},
            (proxy, method, arguments) -> method.getReturnType() == void.class ? null : any);
  }

  private static final class Settings implements TraceSettings {
    @Override
    public boolean explains() {
      return true;
    }

    @Override
    public Propagation propagation() {
      return new Propagation(Collections.<String>emptyList());
    }

    @Override
    public Sampler sampler() {
      return Sampler.ALWAYS;
    }

    @Override
    public Set<String> knownMethods() {
      return Collections.emptySet();
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return false;
    }
  }
}
