package dev.atalaya.agent.callsite;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * The class that the JVM was started with, and the jar or folder that it is in, as far as is known.
 *
 * <p>The command line tells the class's name or the jar's path at once. What else there is to know
 * is found on a thread of the agent's.
 */
public final class MainClass {
  private static final String[] NAMES = {"Start-Class", "Main-Verticle", "Main-Class"};

  private final @Nullable File jar;
  private volatile @Nullable String name;
  private volatile @Nullable String place;
  private volatile boolean crowded;

  private MainClass(@Nullable File jar, @Nullable String name) {
    this.jar = jar;
    this.name = name;
    if (jar != null) place = place(jar);
  }

  /** From what the JVM says that it was started with: {@code shop.jar a b}, {@code shop.Main a}. */
  public static MainClass of(@Nullable String command) {
    if (command == null || command.isEmpty()) return new MainClass(null, null);
    int space = command.indexOf(' ');
    String first = space < 0 ? command : command.substring(0, space);
    int end = command.indexOf(".jar ");
    // A path may hold spaces, but so do a class and its arguments.
    String path = isJar(first) ? first : end >= 0 ? command.substring(0, end + 4) : command;
    if (isJar(path) && new File(path).isFile()) return new MainClass(new File(path), null);
    return new MainClass(null, first.substring(first.lastIndexOf('/') + 1)); // module/class
  }

  private static boolean isJar(String path) {
    return path.endsWith(".jar") || path.endsWith(".war");
  }

  /** Null until it is known. */
  @Nullable String name() {
    return name;
  }

  boolean isPlaceKnown() {
    return place != null;
  }

  /** Reads the name in the jar's manifest. */
  void readManifest() {
    File file = jar;
    if (file == null || name != null) return;
    try (JarFile open = new JarFile(file, false)) {
      Manifest manifest = open.getManifest();
      Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
      for (String key : NAMES) if (name == null) name = main.getValue(key);
    } catch (IOException | RuntimeException unreadable) {
      // The JVM will say so, if it is its jar.
    }
    if (name == null) name = "";
  }

  /** One of the loaded classes; true where it tells where the main class is. */
  boolean found(Class<?> type) {
    String known = name;
    if (known == null || place != null || !type.getName().equals(known)) return false;
    String location = Origin.location(type);
    if (location == null) return false;
    place = Origin.withoutEnd(location);
    return true;
  }

  /** The packages of the main class's jar, each with a dot at its end; none of a folder. */
  Set<String> packages() {
    Set<String> packages = new HashSet<>();
    String known = place;
    if (known == null || !known.startsWith("file:") || !isJar(known)) return packages;
    try (JarFile open = new JarFile(new File(new URI(known)), false)) {
      for (Enumeration<JarEntry> all = open.entries(); all.hasMoreElements(); ) {
        String path = all.nextElement().getName();
        int end = path.lastIndexOf('/');
        if (end > 0 && path.endsWith(".class")) {
          packages.add(path.substring(0, end + 1).replace('/', '.'));
        }
      }
    } catch (Exception unreadable) {
      packages.clear();
    }
    return packages;
  }

  /** Its jar has libraries in it. */
  void isCrowded(boolean crowded) {
    this.crowded = crowded;
  }

  boolean isCrowded() {
    return crowded;
  }

  /** Whether the main class is in that jar or folder. */
  boolean isIn(String location) {
    String known = place;
    // file:/shop.jar, or jar:file:/shop.jar; a jar in it ends otherwise
    return known != null && location.endsWith(known);
  }

  boolean isQuarkus() {
    String known = name;
    return known != null && known.startsWith("io.quarkus.bootstrap.");
  }

  private static String place(File file) {
    try {
      return file.getCanonicalFile().toURI().toString();
    } catch (IOException unknown) {
      return file.toURI().toString();
    }
  }
}
