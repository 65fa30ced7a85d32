package app;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;

/** H2, whose jar is the argument, in a loader that asks its parent for the JDK's classes alone. */
public final class IsolatedApp {
  private IsolatedApp() {}

  public static void main(String[] args) throws Exception {
    ClassLoader loader = new JdkOnlyLoader(new File(args[0]).toURI().toURL());
    Isolated.web(Class.forName("org.h2.Driver", true, loader)).start();
  }

  private static final class JdkOnlyLoader extends URLClassLoader {
    JdkOnlyLoader(URL jar) {
      super(new URL[] {jar}, null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.") || name.startsWith("javax.")) {
        return getSystemClassLoader().loadClass(name);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
