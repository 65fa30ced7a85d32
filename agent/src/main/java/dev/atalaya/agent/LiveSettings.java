package dev.atalaya.agent;

import dev.atalaya.agent.breaker.Stage;
import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.config.Wildcard;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Sampler;
import dev.atalaya.agent.trace.TraceSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The options that recording uses, made ready once; live ones made anew when the file changes. */
final class LiveSettings implements TraceSettings {
  private final Options options;
  private final Propagation propagation;
  private final Set<String> knownMethods;
  private final Application application;
  private volatile Sampler sampler;
  private volatile long slowQuery;
  private volatile Stage leaves = Stage.NOTHING;
  private volatile Wildcard[] excluded = new Wildcard[0];

  LiveSettings(Options options, Sampler sampler, Supplier<Class<?>[]> loadedClasses) {
    this.options = options;
    application = Application.of(options.get(Options.APP_PACKAGES), loadedClasses);
    this.sampler = sampler;
    propagation = new Propagation(options.get(Options.PROPAGATORS));
    knownMethods = new HashSet<>(options.get(Options.KNOWN_METHODS));
    refresh();
  }

  void refresh() {
    List<String> rules = options.get(Options.HTTP_EXCLUDE);
    Wildcard[] patterns = new Wildcard[rules.size()];
    for (int i = 0; i < patterns.length; i++) {
      patterns[i] = new Wildcard(rules.get(i), false);
    }
    excluded = patterns;
    slowQuery = options.get(Options.SLOW_QUERY);
  }

  /** What the agent leaves out from now on, as the breaker says. */
  void leave(Stage stage) {
    leaves = stage;
  }

  boolean leaves(Stage stage) {
    return leaves.leaves(stage);
  }

  @Override
  public boolean findsCallSites() {
    return !leaves(Stage.CALL_SITES);
  }

  @Override
  public boolean folds() {
    return !leaves(Stage.FOLDING);
  }

  @Override
  public Propagation propagation() {
    return propagation;
  }

  @Override
  public Sampler sampler() {
    return sampler;
  }

  void sampler(Sampler next) {
    sampler = next;
  }

  @Override
  public Set<String> knownMethods() {
    return knownMethods;
  }

  @Override
  public Application application() {
    return application;
  }

  @Override
  public long slowQueryNanos() {
    return slowQuery;
  }

  @Override
  public boolean explains() {
    return options.get(Options.EXPLAIN);
  }

  @Override
  public boolean excludes(String pathOrRoute) {
    for (Wildcard pattern : excluded) if (pattern.matches(pathOrRoute)) return true;
    return false;
  }
}
