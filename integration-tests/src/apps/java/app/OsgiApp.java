package app;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** H2, whose jar is the first argument, as a bundle; the second is a folder for the framework. */
public final class OsgiApp {
  private OsgiApp() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("org.osgi.framework.storage", args[1]);
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).iterator().next();
    Framework framework = factory.newFramework(settings);
    framework.start();
    String jar = new File(args[0]).toURI().toString();
    Bundle h2 = framework.getBundleContext().installBundle(jar);
    Isolated.web(h2.loadClass("org.h2.Driver")).start();
  }
}
