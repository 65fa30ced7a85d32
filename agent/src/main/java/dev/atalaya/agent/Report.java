package dev.atalaya.agent;

import dev.atalaya.agent.state.BoundedCache;
import dev.atalaya.agent.weave.WeaveIndex;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the agent says of itself, for the doctor. */
final class Report {
  private static final Pattern NAMED_VERSION = Pattern.compile(".*-(\\d+\\.\\w[\\w.+-]*)\\.jar");

  /** By where libraries come from: a jar is opened once, and every page of the console asks. */
  private static final BoundedCache<String, String> VERSIONS = new BoundedCache<>(512, 512);

  private Report() {}

  static Map<String, Object> of(
      Inventory inventory,
      Map<String, String> faults,
      Map<String, Object> breaker,
      Map<String, Object> seen,
      long startMillis,
      boolean enabled,
      String metrics,
      String traces,
      Map<String, Long> drops,
      long findingsRefused) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("version", Manual.versionNumber());
    Map<String, Object> jvm = new LinkedHashMap<>();
    jvm.put("version", System.getProperty("java.version"));
    jvm.put("vendor", System.getProperty("java.vendor"));
    jvm.put("name", System.getProperty("java.vm.name"));
    report.put("jvm", jvm);
    report.put("enabled", enabled);
    report.put("start_ms", startMillis);
    report.put("seen", seen);
    report.put("instrumented", instrumented(inventory));
    report.put("version_not_supported", unfit(inventory));
    report.put("skipped", inventory.skipped());
    report.put("errors", inventory.faults());
    report.put("agent_errors", faults);
    report.put("breaker", breaker);
    Map<String, Object> exporters = new LinkedHashMap<>();
    exporters.put("traces", traces);
    exporters.put("metrics", metrics);
    report.put("exporters", exporters);
    report.put("dropped_spans", drops);
    report.put("refused_findings", findingsRefused);
    return report;
  }

  private static List<Object> instrumented(Inventory inventory) {
    List<Object> all = new ArrayList<>();
    inventory
        .libraries()
        .forEach(
            (instrumentation, sources) ->
                sources.forEach(
                    (source, classes) -> {
                      Map<String, Object> library = library(instrumentation, source);
                      library.put("classes", classes);
                      all.add(library);
                    }));
    return all;
  }

  private static List<Object> unfit(Inventory inventory) {
    List<Object> all = new ArrayList<>();
    inventory
        .unfit()
        .forEach(
            (instrumentation, sources) ->
                sources.forEach(
                    (source, type) -> {
                      Map<String, Object> library = library(instrumentation, source);
                      library.put("tested", tested(instrumentation));
                      library.put("class", type);
                      all.add(library);
                    }));
    return all;
  }

  private static Map<String, Object> library(String instrumentation, String source) {
    Map<String, Object> library = new LinkedHashMap<>();
    library.put("instrumentation", instrumentation);
    library.put("library", name(source));
    library.put("version", version(source));
    return library;
  }

  /** Empty where the jar does not say. */
  private static String tested(String instrumentation) {
    try {
      return WeaveIndex.read(Report.class.getClassLoader()).versions(instrumentation);
    } catch (IOException unreadable) {
      return "";
    }
  }

  /**
   * The last name of the path; of {@code jar:nested:/srv/shop.jar/!BOOT-INF/lib/h2-2.4.240.jar!/},
   * as Spring Boot has it, the inner jar.
   */
  private static String name(String source) {
    String path = source.replaceAll("[!/]+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String version(String source) {
    String known = VERSIONS.get(source, 0);
    return known != null ? known : VERSIONS.put(source, read(source), 0);
  }

  private static String read(String source) {
    if (source.equals("JDK") || source.startsWith("jrt:")) {
      return System.getProperty("java.version");
    }
    String version = source.startsWith("file:") ? manifestVersion(source) : "";
    if (!version.isEmpty()) return version;
    Matcher named = NAMED_VERSION.matcher(name(source));
    return named.matches() ? named.group(1) : "";
  }

  /** Empty where it is no jar or says nothing. */
  private static String manifestVersion(String source) {
    if (!source.endsWith(".jar")) return "";
    try (JarFile jar = new JarFile(new File(URI.create(source)))) {
      Manifest manifest = jar.getManifest();
      String version =
          manifest == null ? null : manifest.getMainAttributes().getValue("Implementation-Version");
      if (version == null && manifest != null) {
        version = manifest.getMainAttributes().getValue("Bundle-Version");
      }
      return version == null ? "" : version;
    } catch (IOException | IllegalArgumentException unreadable) {
      return "";
    }
  }
}
