package dev.atalaya.agent.callsite;

import java.net.URL;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/** Where a class comes from, as far as that tells whose it is. */
enum Origin {
  /** The agent's own loader: what a library's folder does behind the wall is on the stack too. */
  AGENT,

  /** The JDK's modules, and what else its own loaders have. */
  PLATFORM,

  /** Where only an application's classes are: {@code WEB-INF/classes}, a build's output. */
  OWN,

  /** Where an application's classes are, and perhaps its libraries' too: the main jar, a folder. */
  MIXED,

  /** A jar among others, or a place that tells nothing. */
  JAR;

  private static final ClassLoader AGENTS = Origin.class.getClassLoader();

  private static final String[] OWN_FOLDERS = {
    "BOOT-INF/classes",
    "WEB-INF/classes",
    "APP-INF/classes",
    "/target/classes/",
    "/target/test-classes/",
    "/build/classes/",
    "/build/resources/",
    "/out/production/",
    "/out/test/",
    "/bin/main/",
    "/bin/test/"
  };

  private static final String[] LIBRARY_FOLDERS = {"BOOT-INF/lib", "WEB-INF/lib", "APP-INF/lib"};

  /**
   * The location of the class's code as text, null where there is none. Asks the class alone: no
   * class loader's lock is taken.
   */
  static @Nullable String location(Class<?> type) {
    try {
      ProtectionDomain domain = type.getProtectionDomain();
      CodeSource code = domain == null ? null : domain.getCodeSource();
      URL url = code == null ? null : code.getLocation();
      return url == null ? null : url.toString();
    } catch (RuntimeException | LinkageError hidden) {
      return null;
    }
  }

  static Origin of(Class<?> type, MainClass main) {
    try {
      ClassLoader loader = type.getClassLoader();
      if (loader == null || loader == ClassLoader.getSystemClassLoader().getParent()) {
        return PLATFORM;
      }
      if (loader == AGENTS && loader != ClassLoader.getSystemClassLoader()) return AGENT;
    } catch (RuntimeException hidden) {
      // A security manager keeps it; the location tells enough.
    }
    String location = location(type);
    return location == null ? JAR : of(location, main);
  }

  /** Of a location such as {@code jar:nested:/shop.jar/!BOOT-INF/lib/h2.jar!/}. */
  static Origin of(String location, MainClass main) {
    if (location.startsWith("jrt:/java.") || location.startsWith("jrt:/jdk.")) return PLATFORM;
    for (String folder : LIBRARY_FOLDERS) if (location.contains(folder)) return JAR;
    for (String folder : OWN_FOLDERS) if (location.contains(folder)) return OWN;
    String place = withoutEnd(location);
    if (main.isIn(place)) return MIXED;
    if (isArchive(place)) return ofArchive(place, main);
    return location.endsWith("/") && !location.startsWith("jrt:") ? MIXED : JAR;
  }

  /** {@code jar:file:/shop.jar!/} and JBoss' {@code vfs:/content/shop.jar/} end in the archive. */
  static String withoutEnd(String location) {
    int end = location.length();
    while (end > 0 && (location.charAt(end - 1) == '/' || location.charAt(end - 1) == '!')) end--;
    String place = location.substring(0, end);
    return isArchive(place) ? place : location;
  }

  private static Origin ofArchive(String place, MainClass main) {
    // Entities and beans of the application that Quarkus has changed, and classes of libraries.
    if (main.isQuarkus() && place.endsWith("/quarkus/transformed-bytecode.jar")) return MIXED;
    return isModule(place, main) ? OWN : JAR;
  }

  private static boolean isArchive(String place) {
    return place.endsWith(".jar") || place.endsWith(".war") || place.endsWith(".zip");
  }

  /** A module at an EAR's top, a deployment of JBoss' itself, or what Quarkus keeps apart. */
  private static boolean isModule(String place, MainClass main) {
    int name = place.lastIndexOf('/');
    String folder = place.substring(0, Math.max(0, name));
    if (folder.endsWith("!")) folder = folder.substring(0, folder.length() - 1);
    return folder.endsWith(".ear")
        || folder.equals("vfs:/content")
        || main.isQuarkus() && folder.endsWith("/app");
  }
}
