package app;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.PathTemplateMatch;
import java.net.InetSocketAddress;

/** Undertow's own handlers and routers, below /shop. */
public final class UndertowRoutesApp {
  private UndertowRoutesApp() {}

  /** What a page answers. */
  interface Page {
    String of(HttpServerExchange exchange) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    RoutingHandler routes =
        Handlers.routing()
            .get("/orders/{id}", page(exchange -> OrderPages.order(parameter(exchange, "id"))))
            .get(
                "/orders/{id}/lines/{line}",
                page(exchange -> OrderPages.order(parameter(exchange, "line"))))
            .get("/orders/{id}/refused", page(exchange -> OrderPages.refused()))
            .get("/orders/{id}/unavailable", page(exchange -> OrderPages.unavailable()))
            .get("/orders/{id}/broken", page(exchange -> OrderPages.broken()))
            .get(
                "/orders/{id}/later",
                later(exchange -> OrderPages.orderLater(parameter(exchange, "id"))))
            .get("/orders/{id}/later-broken", later(exchange -> OrderPages.brokenLater()))
            .get("/orders/{id}/stream", exchange -> OrderPages.stream(exchange.getOutputStream()))
            .setFallbackHandler(
                Handlers.pathTemplate()
                    .add(
                        "/shelves/{shelf}/*",
                        Handlers.pathTemplate()
                            .add("/shelves/{shelf}/books/{book}", page(exchange -> "a book"))));
    HttpHandler failing =
        Handlers.exceptionHandler(routes)
            .addExceptionHandler(IllegalArgumentException.class, answer(422))
            .addExceptionHandler(UnsupportedOperationException.class, answer(503));
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                Handlers.path()
                    .addPrefixPath(
                        "/shop",
                        Handlers.path()
                            .addPrefixPath("/", new BlockingHandler(failing))
                            .addPrefixPath(
                                "/inner",
                                Handlers.routing()
                                    .get("/pages/{page}", page(exchange -> "a page"))
                                    .get("/tasks/{task}", UndertowRoutesApp::task))))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("READY " + address.getPort());
  }

  private static HttpHandler page(final Page page) {
    return exchange -> exchange.getResponseSender().send(page.of(exchange));
  }

  private static HttpHandler answer(final int status) {
    return exchange -> exchange.setStatusCode(status).getResponseSender().send("answered");
  }

  /** On from thread to thread. */
  private static HttpHandler later(final Page page) {
    return exchange -> exchange.dispatch(OrderPages.THREADS, page(page));
  }

  /** A task that is no handler. */
  private static void task(final HttpServerExchange exchange) {
    exchange.dispatch(
        (Runnable)
            () -> {
              try {
                exchange.getResponseSender().send(OrderPages.order(parameter(exchange, "task")));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private static String parameter(HttpServerExchange exchange, String name) {
    return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY).getParameters().get(name);
  }
}
