package app;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerResponse;
import java.io.OutputStream;

/** Services of Helidon 4 in each other, below /shop, on the server that it brings. */
public final class HelidonApp {
  private HelidonApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(
                routing ->
                    routing
                        .any((request, response) -> response.next())
                        .register("/shop", new Shop())
                        .error(
                            IllegalArgumentException.class,
                            (request, response, error) -> refuse(response, 422))
                        .error(
                            UnsupportedOperationException.class,
                            (request, response, error) -> refuse(response, 503)))
            .build()
            .start();
    System.out.println("READY " + server.port());
  }

  private static void refuse(ServerResponse response, int status) {
    response.status(status).send("refused");
  }

  private static final class Shop implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      rules.register("/orders/{id}", new Order()).register("/shelves", new Shelves());
    }
  }

  private static final class Order implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      rules
          .get("/", (request, response) -> response.send(OrderPages.order(id(request))))
          .get(
              "/lines/{line}",
              (request, response) ->
                  response.send(OrderPages.order(request.path().pathParameters().get("line"))))
          .get("/refused", (request, response) -> response.send(OrderPages.refused()))
          .get("/unavailable", (request, response) -> response.send(OrderPages.unavailable()))
          .get("/broken", (request, response) -> response.send(OrderPages.broken()))
          .get("/later", (request, response) -> response.send(OrderPages.orderLater(id(request))))
          .get("/later-broken", (request, response) -> response.send(OrderPages.brokenLater()))
          .get(
              "/repeated",
              (request, response) -> {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 4; i++) text.append(OrderPages.order(id(request)));
                response.send(text.toString());
              })
          .get(
              "/stream",
              (request, response) -> {
                try (OutputStream out = response.outputStream()) {
                  OrderPages.stream(out);
                }
              });
    }

    private static String id(io.helidon.webserver.http.ServerRequest request) {
      return request.path().absolute().pathParameters().get("id");
    }
  }

  private static final class Shelves implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      rules.any((request, response) -> response.send("a shelf"));
    }
  }
}
