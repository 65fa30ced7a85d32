package dev.atalaya.agent.config;

import java.util.function.Consumer;

/** Warns of options whose values are right alone, but not together. */
final class Checks {
  private final Options options;
  private final Consumer<String> warnings;

  Checks(Options options, Consumer<String> warnings) {
    this.options = options;
    this.warnings = warnings;
  }

  void run() {
    sampler();
    int queue = options.get(Options.BSP_MAX_QUEUE_SIZE);
    int batch = options.get(Options.BSP_MAX_EXPORT_BATCH_SIZE);
    if (batch > queue && options.isSet(Options.BSP_MAX_EXPORT_BATCH_SIZE)) {
      String most = "at most " + Options.BSP_MAX_QUEUE_SIZE.key();
      warn(
          Options.BSP_MAX_EXPORT_BATCH_SIZE.key() + " is '" + batch, most, "using '" + queue + "'");
    }
  }

  private void sampler() {
    String sampler = options.get(Options.TRACES_SAMPLER);
    String argument = options.get(Options.TRACES_SAMPLER_ARG);
    String is = Options.TRACES_SAMPLER_ARG.key() + " is '" + argument;
    if (argument.isEmpty()) return;
    if (sampler.endsWith("jaeger_remote")) {
      for (String part : argument.split(",")) jaeger(part.trim());
    } else if (!sampler.endsWith("traceidratio")) {
      warn(is, "nothing for " + sampler, Form.WITHOUT);
    } else if (!isRatio(argument)) {
      warn(is, "a ratio from 0 to 1", "using '1.0'");
    }
  }

  private void jaeger(String part) {
    int equals = part.indexOf('=');
    String key = part.substring(0, Math.max(0, equals)).trim();
    String value = part.substring(equals + 1).trim();
    String has = Options.TRACES_SAMPLER_ARG.key() + " has '" + part;
    if (key.equals("endpoint")) {
      if (!isUrl(value)) warn(has, "a URL as http://localhost:14250", "asking nobody");
    } else if (key.equals("pollingIntervalMs")) {
      if (!value.matches("[1-9][0-9]{0,8}")) warn(has, "a number from 1", "using '60000'");
    } else if (key.equals("initialSamplingRate")) {
      if (!isRatio(value)) warn(has, "a ratio from 0 to 1", "using '1.0'");
    } else {
      String keys = "endpoint=.., pollingIntervalMs=.., initialSamplingRate=..";
      warn(has, keys, Form.WITHOUT);
    }
  }

  private void warn(String what, String expected, String instead) {
    warnings.accept(what + "', expected " + expected + "; " + instead);
  }

  private static boolean isUrl(String text) {
    try {
      return !Form.url(text, (entry, expected, instead) -> {}).isEmpty();
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static boolean isRatio(String text) {
    try {
      double ratio = Double.parseDouble(text.trim());
      return ratio >= 0 && ratio <= 1;
    } catch (NumberFormatException none) {
      return false;
    }
  }
}
