package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What produces the telemetry: service, process, host and container, in the semantic conventions'
 * names. Command line arguments are left out, as they hold passwords.
 */
public final class Resource {
  private static final Pattern CONTAINER_ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}");

  private final Map<String, Object> attributes;

  private Resource(Map<String, Object> attributes) {
    this.attributes = Collections.unmodifiableMap(attributes);
  }

  /** Reads some small files; the user's attributes win over what is found. */
  public static Resource of(Options options, String agentVersion) {
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("service.name", detectedServiceName(System.getProperty("sun.java.command")));
    found.put("service.instance.id", UUID.randomUUID().toString());
    put(found, "host.name", hostName());
    put(found, "host.arch", hostArchitecture(System.getProperty("os.arch", "")));
    put(found, "os.type", osType(System.getProperty("os.name", "")));
    long pid = pid();
    if (pid > 0) found.put("process.pid", pid);
    put(found, "process.executable.path", executable());
    put(found, "process.runtime.name", System.getProperty("java.runtime.name"));
    put(found, "process.runtime.version", System.getProperty("java.runtime.version"));
    put(found, "process.runtime.description", System.getProperty("java.vm.name"));
    put(found, "container.id", containerId("/proc/self/cgroup", "/proc/self/mountinfo"));
    found.putAll(options.get(Options.RESOURCE_ATTRIBUTES));
    String name = options.get(Options.SERVICE_NAME);
    if (!name.isEmpty()) found.put("service.name", name);
    found.put("telemetry.sdk.name", "atalaya");
    found.put("telemetry.sdk.language", "java");
    found.put("telemetry.sdk.version", agentVersion);
    found.put("telemetry.distro.name", "atalaya");
    found.put("telemetry.distro.version", agentVersion);
    return new Resource(found);
  }

  /** Strings, and a Long for {@code process.pid}. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** An attribute as text, or null. */
  public @Nullable String text(String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }

  public String serviceName() {
    return String.valueOf(attributes.get("service.name"));
  }

  public String instanceId() {
    return String.valueOf(attributes.get("service.instance.id"));
  }

  /** As OTLP's Resource message. */
  byte[] encoded() {
    ProtoBuffer out = new ProtoBuffer(1024);
    attributes.forEach(
        (key, value) -> {
          byte[] name = ProtoBuffer.key(key);
          if (value instanceof Long) out.attribute(0x0A, name, (Long) value);
          else out.attribute(0x0A, name, value.toString());
        });
    return out.toByteArray();
  }

  private static void put(Map<String, Object> found, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) found.put(key, value);
  }

  /**
   * {@code orders} for {@code /srv/orders.jar --port 80}, {@code Main} for {@code com.acme.Main},
   * or for {@code acme/com.acme.Main}.
   */
  static String detectedServiceName(@Nullable String command) {
    if (command == null || command.trim().isEmpty()) return "unknown_service:java";
    String main = command.trim();
    int jar = endOfJar(main);
    if (jar > 0) return new File(main.substring(0, jar)).getName();
    int blank = main.indexOf(' ');
    if (blank > 0) main = main.substring(0, blank);
    String name = main.substring(Math.max(main.lastIndexOf('.'), main.lastIndexOf('/')) + 1);
    return name.isEmpty() ? "unknown_service:java" : name;
  }

  /** Where {@code .jar} begins; the path may hold blanks, the arguments may name other jars. */
  private static int endOfJar(String command) {
    int blank = command.indexOf(' ');
    String first = blank < 0 ? command : command.substring(0, blank);
    if (first.endsWith(".jar")) return first.length() - 4;
    for (int at = command.indexOf(".jar"); at > 0; at = command.indexOf(".jar", at + 4)) {
      boolean whole = at + 4 == command.length() || command.charAt(at + 4) == ' ';
      if (whole && new File(command.substring(0, at + 4)).isFile()) return at;
    }
    return -1;
  }

  private static @Nullable String hostName() {
    String name = firstLine("/proc/sys/kernel/hostname");
    if (name == null) name = System.getenv("HOSTNAME");
    if (name == null) name = System.getenv("COMPUTERNAME");
    if (name != null && !name.trim().isEmpty()) return name.trim();
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return null;
    }
  }

  static String hostArchitecture(String name) {
    switch (name) {
      case "x86_64":
        return "amd64";
      case "aarch64":
        return "arm64";
      case "i386":
      case "i686":
        return "x86";
      default:
        return name;
    }
  }

  static @Nullable String osType(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) return "linux";
    if (lower.startsWith("windows")) return "windows";
    if (lower.startsWith("mac")) return "darwin";
    if (lower.startsWith("freebsd")) return "freebsd";
    if (lower.startsWith("sunos")) return "solaris";
    if (lower.startsWith("aix")) return "aix";
    return null;
  }

  /** 0 where unknown. */
  private static long pid() {
    try {
      // ProcessHandle would start a thread pool of its own.
      return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
    } catch (IOException | NumberFormatException | SecurityException notLinux) {
      return pidOfHandle();
    }
  }

  private static long pidOfHandle() {
    try {
      Class<?> handle = Class.forName("java.lang.ProcessHandle");
      Object current = handle.getMethod("current").invoke(null);
      return (Long) handle.getMethod("pid").invoke(current);
    } catch (ReflectiveOperationException | SecurityException before9) {
      String name = ManagementFactory.getRuntimeMXBean().getName(); // 4711@host
      try {
        return Long.parseLong(name.substring(0, Math.max(0, name.indexOf('@'))));
      } catch (NumberFormatException unknown) {
        return 0;
      }
    }
  }

  private static @Nullable String executable() {
    String home = System.getProperty("java.home");
    if (home == null) return null;
    boolean windows = File.separatorChar == '\\';
    return home + File.separator + "bin" + File.separator + (windows ? "java.exe" : "java");
  }

  /** Version 1 names the container's cgroup; of version 2 only the mounts still tell it. */
  static @Nullable String containerId(String cgroup, String mounts) {
    String id = containerIdIn(cgroup, "");
    return id != null ? id : containerIdIn(mounts, "hostname");
  }

  private static @Nullable String containerIdIn(String file, String marker) {
    try (BufferedReader lines = open(file)) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.contains(marker)) continue;
        Matcher id = CONTAINER_ID.matcher(line);
        if (id.find()) return id.group();
      }
    } catch (IOException notLinux) {
      // No container that we know how to see.
    }
    return null;
  }

  private static @Nullable String firstLine(String file) {
    try (BufferedReader lines = open(file)) {
      return lines.readLine();
    } catch (IOException notLinux) {
      return null;
    }
  }

  private static BufferedReader open(String file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8));
  }
}
