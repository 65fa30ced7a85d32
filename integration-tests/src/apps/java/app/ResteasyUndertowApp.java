package app;

import io.undertow.Undertow;
import java.net.ServerSocket;
import org.jboss.resteasy.plugins.server.undertow.UndertowJaxrsServer;

/** RESTEasy on the Undertow that it starts. */
public final class ResteasyUndertowApp {
  private ResteasyUndertowApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    UndertowJaxrsServer server = new UndertowJaxrsServer();
    server.start(Undertow.builder().addHttpListener(port, "127.0.0.1"));
    server.deploy(new JaxRsApplication(), "/shop");
    System.out.println("READY " + port);
  }
}
