package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.Sampler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks Jaeger how often to sample which operation.
 *
 * <p>OpenTelemetry's sampler and its HTTP client load in a thread of their own when the first trace
 * starts; until Jaeger answers, the initial rate holds.
 */
final class JaegerSampler implements Sampler {
  private static final String ENDPOINT = "http://localhost:14250";
  private static final int POLLING_MILLIS = 60_000;
  private static final long AGAIN_NANOS = 60_000_000_000L;

  private final Supplier<String> serviceName;
  private final Sampler initial;
  private String endpoint = ENDPOINT;
  private int pollingMillis = POLLING_MILLIS;
  private double initialRate = 0.001;

  private volatile @Nullable Sampler remote;
  private boolean started;
  private long notBefore = System.nanoTime();

  /** {@code endpoint=http://host:14250,pollingIntervalMs=5000,initialSamplingRate=0.25}. */
  JaegerSampler(String argument, Supplier<String> serviceName) {
    this.serviceName = serviceName;
    for (String part : argument.split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) set(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
    }
    initial = Sampler.ratio(initialRate);
  }

  private void set(String key, String value) {
    try {
      if (key.equals("endpoint")) endpoint = value;
      else if (key.equals("pollingIntervalMs")) pollingMillis = positive(value);
      else if (key.equals("initialSamplingRate")) initialRate = Samplers.ratio(value);
    } catch (NumberFormatException none) {
      // The default stays.
    }
  }

  private static int positive(String text) {
    int number = Integer.parseInt(text);
    return number > 0 ? number : POLLING_MILLIS;
  }

  @Override
  public boolean sample(long high, long low, String name, Parent parent) {
    Sampler known = remote;
    if (known != null) return known.sample(high, low, name, parent);
    start();
    return initial.sample(high, low, name, parent);
  }

  private synchronized void start() {
    if (started || System.nanoTime() - notBefore < 0) return;
    started = true;
    ExportThreads.thread(
            "atalaya-sampler",
            () -> {
              String url = endpoint.contains("://") ? endpoint : "http://" + endpoint;
              try {
                remote = JaegerRemote.start(serviceName.get(), url, pollingMillis, initialRate);
              } finally {
                if (remote == null) failed();
              }
            })
        .start();
  }

  /** Another attempt may follow, after a while. */
  private synchronized void failed() {
    started = false;
    notBefore = System.nanoTime() + AGAIN_NANOS;
  }
}
