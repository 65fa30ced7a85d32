package app;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.jboss.resteasy.plugins.server.sun.http.HttpContextBuilder;

/** RESTEasy on the JDK's server. */
public final class ResteasyJdkApp {
  private ResteasyJdkApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 64);
    server.setExecutor(Executors.newFixedThreadPool(8));
    HttpContextBuilder orders = new HttpContextBuilder();
    orders.getDeployment().setApplication(new JaxRsApplication());
    orders.setPath("/shop");
    orders.bind(server);
    server.start();
    System.out.println("READY " + server.getAddress().getPort());
  }
}
