package app;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Routes of Vert.x Web below /shop, as all of its versions understand them. */
final class VertxRoutes {
  /** What versions call differently. */
  interface Version {
    <T> void blocking(Callable<T> work, Handler<AsyncResult<T>> done);

    void ask(String address, String text, Handler<AsyncResult<String>> done);

    void send(HttpRequest<Buffer> request, Handler<AsyncResult<String>> done);
  }

  private final Vertx vertx;
  private final Version version;
  private final WebClient http1;
  private final WebClient http2;

  VertxRoutes(Vertx vertx, Version version) {
    this.vertx = vertx;
    this.version = version;
    http1 = WebClient.create(vertx);
    http2 = WebClient.create(vertx, new WebClientOptions().setProtocolVersion(HttpVersion.HTTP_2));
  }

  /** A busy machine is not worth a warning. */
  static VertxOptions options() {
    return new VertxOptions().setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1));
  }

  Router router() throws Exception {
    OrderPages.create();
    OrderPages.createPause();
    Router shop = Router.router(vertx);
    shop.route("/orders/*").handler(RoutingContext::next);
    shop.get("/orders/:id").handler(page(id -> OrderPages.order(id)));
    shop.get("/orders/:id/lines/:line").handler(page(id -> OrderPages.order(id)));
    shop.get("/orders/:id/refused").handler(context -> OrderPages.refused());
    shop.get("/orders/:id/unavailable").handler(page(id -> OrderPages.unavailable()));
    shop.get("/orders/:id/broken").handler(context -> OrderPages.broken());
    shop.get("/orders/:id/later")
        .handler(
            context ->
                vertx.setTimer(100, timer -> page(id -> OrderPages.order(id)).handle(context)));
    shop.get("/orders/:id/later-broken")
        .handler(context -> vertx.setTimer(50, timer -> fail(context)));
    shop.get("/orders/:id/stream")
        .handler(context -> stream(context.response().setChunked(true), 3));
    shop.get("/orders/:id/loop").handler(page(VertxRoutes::loop));
    shop.get("/orders/:id/asked").handler(this::asked);
    shop.get("/orders/:id/called").handler(this::called);
    Router shelf = Router.router(vertx);
    shelf.get("/books/:book").handler(context -> context.response().end("a book"));
    shelf.getWithRegex("\\/pages\\/(\\d+)").handler(context -> context.response().end("a page"));
    shop.route().failureHandler(VertxRoutes::answer);
    Router router = Router.router(vertx);
    router.route().handler(RoutingContext::next);
    router.route("/shop/shelves/:shelf/*").subRouter(shelf);
    router.route("/shop/*").subRouter(shop);
    return router;
  }

  /** Of the application, on its own thread. */
  private interface Page {
    String of(String id) throws Exception;
  }

  private Handler<RoutingContext> page(final Page page) {
    return context ->
        version.blocking(() -> page.of(context.pathParam("id")), answer -> answer(context, answer));
  }

  private static void answer(RoutingContext context, AsyncResult<String> answer) {
    if (answer.failed()) context.fail(answer.cause());
    else context.response().end(answer.result());
  }

  private static void fail(RoutingContext context) {
    try {
      OrderPages.broken();
    } catch (IllegalStateException broken) {
      context.fail(broken);
    }
  }

  /** Others are left to Vert.x. */
  private static void answer(RoutingContext context) {
    if (context.failure() instanceof IllegalArgumentException) {
      context.response().setStatusCode(422).end("refused");
    } else if (context.failure() instanceof UnsupportedOperationException) {
      context.response().setStatusCode(503).end("unavailable");
    } else {
      context.next();
    }
  }

  private void stream(HttpServerResponse response, int parts) {
    byte[] chunk = new byte[64 * 1024];
    java.util.Arrays.fill(chunk, (byte) 'x');
    vertx.setTimer(
        50,
        timer -> {
          if (response.closed()) return;
          response.write(Buffer.buffer(chunk));
          if (parts == 1) response.end();
          else stream(response, parts - 1);
        });
  }

  /** A worker answers, which has a queue for all who ask. */
  private void asked(RoutingContext context) {
    version.ask("loops", context.pathParam("id"), answer -> answer(context, answer));
  }

  /** Itself, by the version that it was asked by, for a page that reads, as it does after that. */
  private void called(RoutingContext context) {
    HttpServerRequest request = context.request();
    WebClient client = request.version() == HttpVersion.HTTP_2 ? http2 : http1;
    int port = request.localAddress().port();
    String page = "/shop/orders/" + context.pathParam("id") + "/later";
    version.send(
        client.get(port, "127.0.0.1", page),
        answer -> page(id -> OrderPages.order(id)).handle(context));
  }

  /** Listens to those who ask. */
  static final class Worker extends AbstractVerticle {
    @Override
    public void start() {
      vertx.eventBus().<String>consumer("loops", message -> message.reply(loop(message.body())));
    }
  }

  private static String loop(String id) {
    for (int i = 0; i < 12; i++) line(i);
    return id + " has 12";
  }

  private static void line(int number) {
    try (Connection connection = OrderPages.connect();
        PreparedStatement line = connection.prepareStatement("SELECT PAUSE(?) AS line")) {
      line.setInt(1, number);
      line.executeQuery().next();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }
}
