package dev.atalaya.agent.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Puts the bridge into the test JVM's boot loader, where woven JDK classes look for it.
 *
 * <p>Has to happen before any test loads a class of the bridge: the application loader would keep a
 * second copy. JUnit calls this before it looks for tests.
 */
public final class WovenBridge implements LauncherSessionListener {
  private static final String[] BRIDGE = {"Tracing", "Tracer", "Call"};

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    install();
  }

  /** Returns the JVM's instrumentation. */
  static synchronized Instrumentation install() {
    Instrumentation jvm = ByteBuddyAgent.install();
    if (System.getProperty("dev.atalaya.test.bridge") != null) return jvm;
    try {
      jvm.appendToBootstrapClassLoaderSearch(new JarFile(jar().toFile()));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
    System.setProperty("dev.atalaya.test.bridge", "installed");
    return jvm;
  }

  private static Path jar() throws IOException {
    Path jar = Files.createTempFile("atalaya-bridge", ".jar");
    jar.toFile().deleteOnExit();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : BRIDGE) {
        String entry = "dev/atalaya/bridge/" + name + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = WovenBridge.class.getClassLoader().getResourceAsStream(entry)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }
}
