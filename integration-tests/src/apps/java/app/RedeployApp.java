package app;

import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.loader.WebappLoader;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat with a web application of its own libraries, argument: its folder, that {@code
 * /manager/redeploy} takes away and puts there anew; {@code /manager/alive} counts the class
 * loaders of those before that are still reachable.
 */
public final class RedeployApp extends HttpServlet {
  private static final Tomcat TOMCAT = new Tomcat();
  private static final List<WeakReference<ClassLoader>> GONE = new ArrayList<>();
  private static String folder;
  private static Context current;

  public static void main(String[] args) throws Exception {
    folder = args[0];
    File base = Files.createTempDirectory("tomcat").toFile();
    TOMCAT.setBaseDir(base.getPath());
    TOMCAT.setPort(0);
    TOMCAT.getHost().setAppBase(base.getPath());
    Context manager = TOMCAT.addContext("/manager", base.getPath());
    Tomcat.addServlet(manager, "manager", new RedeployApp());
    manager.addServletMappingDecoded("/*", "manager");
    TOMCAT.getConnector();
    TOMCAT.start();
    deploy();
    System.out.println("READY " + TOMCAT.getConnector().getLocalPort());
    TOMCAT.getServer().await();
  }

  /** All is set before the host starts it. */
  private static void deploy() {
    current = new StandardContext();
    current.setName("/shelf");
    current.setPath("/shelf");
    current.setDocBase(folder);
    current.addLifecycleListener(new Tomcat.FixContextListener());
    current.setLoader(new WebappLoader());
    Tomcat.addServlet(current, "shelf", "war.Shelf");
    current.addServletMappingDecoded("/*", "shelf");
    TOMCAT.getHost().addChild(current);
  }

  @Override
  protected synchronized void doGet(HttpServletRequest request, HttpServletResponse response) {
    try {
      response.getWriter().print(request.getPathInfo().equals("/alive") ? alive() : redeploy());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int redeploy() throws Exception {
    GONE.add(new WeakReference<>(current.getLoader().getClassLoader()));
    current.stop();
    TOMCAT.getHost().removeChild(current);
    current.destroy();
    deploy();
    return GONE.size();
  }

  private static int alive() throws InterruptedException {
    int alive = 0;
    for (int i = 0; i < 20; i++) {
      System.gc();
      alive = 0;
      for (WeakReference<ClassLoader> one : GONE) if (one.get() != null) alive++;
      if (alive == 0) break;
      Thread.sleep(200);
    }
    return alive;
  }
}
