package app;

import javax.ws.rs.client.Client;
import javax.ws.rs.client.ClientBuilder;
import javax.ws.rs.client.Invocation;
import javax.ws.rs.core.Configuration;

/** A JAX-RS client; the argument may name the connector that Jersey sends by. */
public final class JaxRsClientApp extends app.Client {
  private final Client client;

  private JaxRsClientApp(Client client) {
    this.client = client;
  }

  public static void main(String[] args) throws Exception {
    Client client =
        args.length == 0 ? ClientBuilder.newClient() : ClientBuilder.newClient(sendingBy(args[0]));
    new JaxRsClientApp(client).serve();
  }

  private static Configuration sendingBy(String connector) throws Exception {
    Class<?> config = Class.forName("org.glassfish.jersey.client.ClientConfig");
    Class<?> provider = Class.forName("org.glassfish.jersey.client.spi.ConnectorProvider");
    Object chosen = Class.forName(connector).getDeclaredConstructor().newInstance();
    Object made = config.getDeclaredConstructor().newInstance();
    config.getMethod("connectorProvider", provider).invoke(made, chosen);
    return (Configuration) made;
  }

  @Override
  String get(String url, String traceparent) {
    Invocation.Builder request = client.target(url).request();
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return request.get().readEntity(String.class); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    return client.target(url).request().async().get().get().readEntity(String.class);
  }
}
