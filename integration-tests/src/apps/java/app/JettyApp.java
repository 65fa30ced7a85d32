package app;

import java.util.EventListener;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlets on embedded Jetty; argument: the class of its ServletContextHandler. */
public final class JettyApp {
  private JettyApp() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    Class<?> type = Class.forName(args[0]);
    Object context = type.getConstructor().newInstance();
    type.getMethod("setContextPath", String.class).invoke(context, "/shop");
    type.getMethod("addEventListener", EventListener.class)
        .invoke(
            context,
            new ServletContextListener() {
              @Override
              public void contextInitialized(ServletContextEvent event) {
                new Servlets().register(event.getServletContext());
              }

              @Override
              public void contextDestroyed(ServletContextEvent event) {}
            });
    server.setHandler((Handler) context);
    server.start();
    System.out.println("READY " + connector.getLocalPort());
    server.join();
  }
}
