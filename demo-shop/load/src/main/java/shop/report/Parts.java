package shop.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the report is made of, as the build left it.
 *
 * @param load this module's classes and libraries, as a class path
 * @param config the agent's options
 */
record Parts(Path agent, Path shop, String load, Path config) {
  /** The same for both editions. */
  static final String HEAP = "768m";

  private static final String[] ENDPOINTS = {
    "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
  };

  /** Those of a checkout of the project; this JVM's own class path is the load's. */
  static Parts in(Path project) throws IOException {
    Parts parts =
        new Parts(
            project.resolve("agent/target/atalaya-agent.jar"),
            project.resolve("demo-shop/target/demo-shop.jar"),
            System.getProperty("java.class.path"),
            project.resolve("demo-shop/atalaya.properties"));
    for (Path part : List.of(parts.agent, parts.shop, parts.config)) {
      if (!Files.isRegularFile(part)) {
        throw new IOException("There is no " + part + ": build the project first");
      }
    }
    return parts;
  }

  /** Options of a JVM under the agent: traces go where the environment says, else nowhere. */
  List<String> agentOptions() {
    List<String> options = new ArrayList<>();
    options.add("-javaagent:" + agent.toAbsolutePath());
    options.add("-Datalaya.config=" + config.toAbsolutePath());
    options.add("-Dotel.service.name=shop");
    options.add("-Dotel.exporter.prometheus.port=0");
    for (String endpoint : ENDPOINTS) {
      if (System.getenv(endpoint) != null) {
        return options;
      }
    }
    options.add("-Dotel.traces.exporter=none");
    return options;
  }
}
