package app;

import java.lang.reflect.Method;
import java.net.ServerSocket;
import java.net.URI;
import org.glassfish.jersey.server.ResourceConfig;

/**
 * Jersey on a server; arguments: the class of Jersey's and its method that start it, and the path
 * of the application.
 */
public final class JerseyServersApp {
  private JerseyServersApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Method start = Class.forName(args[0]).getMethod(args[1], URI.class, ResourceConfig.class);
    start.invoke(
        null,
        URI.create("http://127.0.0.1:" + port + args[2] + "/"),
        ResourceConfig.forApplication(new JaxRsApplication()));
    System.out.println("READY " + port);
  }
}
