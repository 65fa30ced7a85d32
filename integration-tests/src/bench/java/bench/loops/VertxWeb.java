package bench.loops;

import bench.Control;
import bench.Items;
import bench.Measured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vert.x Web: {@code /empty} is answered on its event loop, {@code /jdbc/N} makes as many JDBC
 * calls on a worker.
 *
 * <p>Argument: the port on which the benchmark waits for {@link Control} to connect.
 */
public final class VertxWeb {
  private static final AtomicInteger NEXT = new AtomicInteger();

  private VertxWeb() {}

  public static void main(String[] args) throws Exception {
    Items items = new Items();
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.get("/empty").handler(context -> context.end("ok"));
    router.get("/jdbc/:calls").handler(context -> jdbc(vertx, items, context));
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    Control.connect(Integer.parseInt(args[0]), server.actualPort(), new Measured());
  }

  private static void jdbc(Vertx vertx, Items items, RoutingContext context) {
    int calls = Integer.parseInt(context.pathParam("calls"));
    vertx
        .executeBlocking(() -> items.read(calls, NEXT.getAndAdd(calls)), false)
        .onSuccess(context::end)
        .onFailure(context::fail);
  }
}
