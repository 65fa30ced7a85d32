package dev.atalaya.agent.boot;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The inside of the wall: the agent's classes and libraries, which no class of the application can
 * see, and which see none of the application's.
 *
 * <p>They lie in the jar under {@code inst/}, classes as {@code .classdata}, so that the system
 * loader, on whose path the jar is, finds none of them. The parent is the platform's loader, for
 * java.sql and its like.
 */
public final class AgentLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String ROOT = "inst/";

  private final JarFile jar;
  private final String location;
  private final ProtectionDomain domain;

  AgentLoader(File file) throws Exception {
    super(platform());
    jar = new JarFile(file, false);
    URL url = file.toURI().toURL();
    location = "jar:" + url + "!/";
    domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
  }

  private static ClassLoader platform() throws Exception {
    try {
      return (ClassLoader) ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
    } catch (NoSuchMethodException java8) {
      return ClassLoader.getSystemClassLoader().getParent();
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      // Ours first: asking the parent for a class it cannot have costs an exception each.
      if (type == null && !isJdks(name)) type = find(name);
      if (type == null) type = getParent().loadClass(name);
      if (resolve) resolveClass(type);
      return type;
    }
  }

  private static boolean isJdks(String name) {
    return name.startsWith("java.") || name.startsWith("dev.atalaya.bridge.");
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    try {
      String path = ROOT + name.replace('.', '/') + ".classdata";
      ZipEntry entry = jar.getEntry(path);
      if (entry == null) return null;
      byte[] bytes = Bridge.bytes(jar, entry);
      int dot = name.lastIndexOf('.');
      definePackageOf(dot < 0 ? "" : name.substring(0, dot));
      return defineClass(name, bytes, 0, bytes.length, domain);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }

  /** With the agent's version, which its own rooms ask their package for. */
  private void definePackageOf(String name) throws IOException {
    if (!name.equals("dev.atalaya.agent") || getPackage(name) != null) return;
    String version =
        jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    try {
      definePackage(name, null, null, null, "Atalaya", version, null, null);
    } catch (IllegalArgumentException raced) {
      // Another thread was first.
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> type = find(name);
    if (type == null) throw new ClassNotFoundException(name);
    return type;
  }

  @Override
  public URL getResource(String name) {
    URL url = findResource(name);
    return url != null ? url : super.getResource(name);
  }

  @Override
  protected URL findResource(String name) {
    ZipEntry entry = jar.getEntry(path(name));
    if (entry == null) return null;
    try {
      // A handler of our own: the JDK's would cache the open jar, and with it the file.
      return new URL(null, location + entry.getName(), new EntryHandler());
    } catch (MalformedURLException impossible) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      ZipEntry entry = jar.getEntry(path(name));
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static String path(String resource) {
    return ROOT + (resource.endsWith(".class") ? resource + "data" : resource);
  }

  /** Reads one entry of the agent's jar. */
  private final class EntryHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          String path = url.toString().substring(location.length());
          return new ByteArrayInputStream(Bridge.bytes(jar, path));
        }
      };
    }
  }
}
