package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/**
 * Where the report was made, and with what.
 *
 * @param memory bytes
 * @param agent its version
 * @param libraries of the shop that the agent has woven into, with their versions
 */
record Machine(
    int processors,
    String processor,
    long memory,
    String system,
    String java,
    String agent,
    String gatling,
    List<String> libraries) {

  static Machine of(Measured run) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        system.getAvailableProcessors(),
        processorName(),
        system.getTotalMemorySize(),
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        run.doctor().path("version").asText("unknown"),
        run.visits().version(),
        libraries(run.doctor().path("instrumented")));
  }

  private static List<String> libraries(JsonNode instrumented) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode library : instrumented) {
      String name = library.path("library").asText();
      if (name.endsWith(".jar")) {
        names.add(name.substring(0, name.length() - ".jar".length()));
      }
    }
    return List.copyOf(names);
  }

  private static String processorName() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException noLinux) {
      return "";
    }
  }
}
