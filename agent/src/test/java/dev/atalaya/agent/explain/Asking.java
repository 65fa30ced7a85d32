package dev.atalaya.agent.explain;

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
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Templates as a recorder makes them of an application's connection, and their plans. */
final class Asking {
  private static final Driver H2 = new org.h2.Driver();

  private final Recorder recorder;
  private final Explain explain = new Explain();
  private final Driver driver;
  private final String url;
  private final Properties properties;
  private int questions;

  Asking(Driver driver, String url, Properties properties) {
    this(true, driver, url, properties);
  }

  /** {@code on} is the option. */
  Asking(boolean on, Driver driver, String url, Properties properties) {
    this.recorder =
        new Recorder(
            new Settings(on),
            new Worker(16, new Faults((part, error) -> {})),
            meters(),
            (error, name) -> {});
    this.driver = driver;
    this.url = url;
    this.properties = properties;
  }

  /** The plan, or null where there is none within some seconds. */
  Plan plan(String sql) throws Exception {
    CompletableFuture<Plan> plan = new CompletableFuture<>();
    explain.plan(template(sql), "slow-" + questions++, plan::complete);
    // Answered in order: with the next one's answer this one will not come any more.
    CompletableFuture<Plan> next = new CompletableFuture<>();
    String other = "jdbc:h2:mem:other";
    try (Connection open = DriverManager.getConnection(other)) {
      Template last = template(H2, other, "SELECT 1");
      explain.plan(last, "slow-" + questions++, next::complete);
      next.get(9, TimeUnit.SECONDS);
    }
    return plan.getNow(null);
  }

  Template template(String sql) {
    return template(driver, url, sql);
  }

  private Template template(Driver driver, String url, String sql) {
    Object connection = new Object();
    Object statement = new Object();
    recorder.statements().connected(driver, connection, url, properties);
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
            Asking.class.getClassLoader(),
            new Class<?>[] {Meters.class},
            (proxy, method, arguments) -> method.getReturnType() == void.class ? null : any);
  }

  private record Settings(boolean explains) implements TraceSettings {
    @Override
    public Propagation propagation() {
      return new Propagation(List.of());
    }

    @Override
    public Sampler sampler() {
      return Sampler.ALWAYS;
    }

    @Override
    public Set<String> knownMethods() {
      return Set.of();
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return false;
    }
  }
}
