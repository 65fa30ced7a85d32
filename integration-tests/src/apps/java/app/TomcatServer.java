package app;

import java.io.File;
import java.nio.file.Files;
import java.util.Set;
import javax.servlet.ServletContainerInitializer;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** Embedded Tomcat on a free port with one web application. */
public final class TomcatServer {
  private TomcatServer() {}

  static void start(WebContent content) throws Exception {
    start("/shop", content);
  }

  public static void start(String path, final WebContent content) throws Exception {
    File folder = Files.createTempDirectory("tomcat").toFile();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext(path, folder.getPath());
    context.addServletContainerInitializer(
        new ServletContainerInitializer() {
          @Override
          public void onStartup(Set<Class<?>> classes, ServletContext servlets)
              throws ServletException {
            content.register(servlets);
          }
        },
        null);
    tomcat.getConnector();
    tomcat.start();
    System.out.println("READY " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
