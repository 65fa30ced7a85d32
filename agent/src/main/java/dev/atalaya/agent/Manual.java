package dev.atalaya.agent;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;

/** What the command line prints about the agent itself. */
public final class Manual {
  private Manual() {}

  public static String version() {
    return "Atalaya " + versionNumber();
  }

  /** As the jar's manifest has it. */
  static String versionNumber() {
    String version = Manual.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }

  public static String help() {
    StringBuilder text = new StringBuilder();
    text.append(version())
        .append(" - a Java agent that tells what to fix in a running service\n\n");
    text.append("  java -javaagent:atalaya-agent.jar[=key=value,...] -jar app.jar\n");
    text.append("  java -jar atalaya-agent.jar attach PID [key=value ...]\n");
    text.append("  java -jar atalaya-agent.jar list          the JVMs that can be attached to\n");
    text.append("  java -jar atalaya-agent.jar doctor PID    what is instrumented in one\n");
    text.append("  java -jar atalaya-agent.jar test-alert [--resolved] [key=value ...]\n");
    text.append("      sends a made-up finding to each channel, and says what came back;\n");
    text.append("      with --resolved, that it is over\n");
    text.append("  java -jar atalaya-agent.jar --help | --version\n\n");
    text.append(
        "Options, highest first: system property, environment variable (a.b_c is A_B_C),\n");
    text.append(
        "agent argument, the file named by atalaya.config, default. Live ones change with\n");
    text.append("the file, without a restart.\n");
    for (Option<?> option : Options.all()) {
      text.append("\n  ").append(option.key());
      if (!option.defaultText().isEmpty()) text.append(" = ").append(option.defaultText());
      if (option.isLive()) text.append("  (live)");
      text.append("\n      ").append(option.sentence()).append('\n');
    }
    text.append("\n  ").append(Options.INSTRUMENTATION_PREFIX).append("<name>.enabled = true\n");
    text.append("      One library off.\n");
    return text.toString();
  }
}
