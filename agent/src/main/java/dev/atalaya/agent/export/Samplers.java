package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Sampler;
import java.util.function.Supplier;

/** Makes the sampler that {@code otel.traces.sampler} names. */
public final class Samplers {
  private Samplers() {}

  /** {@code serviceName} is asked for only where strategies come from Jaeger, and then late. */
  public static Sampler sampler(Options options, Supplier<String> serviceName) {
    String name = options.get(Options.TRACES_SAMPLER);
    boolean parentBased = name.startsWith("parentbased_");
    Sampler root = root(parentBased ? name.substring(12) : name, options, serviceName);
    return parentBased ? Sampler.parentBased(root) : root;
  }

  private static Sampler root(String name, Options options, Supplier<String> serviceName) {
    String argument = options.get(Options.TRACES_SAMPLER_ARG);
    switch (name) {
      case "always_off":
        return Sampler.NEVER;
      case "traceidratio":
        return Sampler.ratio(ratio(argument));
      case "jaeger_remote":
        return new JaegerSampler(argument, serviceName);
      default:
        return Sampler.ALWAYS;
    }
  }

  /** 1 where it is no number from 0 to 1, as the specification wants it. */
  static double ratio(String text) {
    try {
      double ratio = Double.parseDouble(text.trim());
      return ratio >= 0 && ratio <= 1 ? ratio : 1;
    } catch (NumberFormatException none) {
      return 1;
    }
  }
}
