package app;

import io.vertx.core.AsyncResult;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import java.util.concurrent.Callable;

/** Vert.x Web up to 3.9, where all is told to a handler. */
public final class Vertx3App {
  private Vertx3App() {}

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx(VertxRoutes.options());
    vertx.deployVerticle(
        new VertxRoutes.Worker(),
        new DeploymentOptions().setWorker(true),
        deployed ->
            vertx
                .createHttpServer()
                .requestHandler(router(vertx))
                .listen(
                    0,
                    "127.0.0.1",
                    server -> System.out.println("READY " + server.result().actualPort())));
  }

  private static io.vertx.ext.web.Router router(Vertx vertx) {
    try {
      return new VertxRoutes(vertx, new Calls(vertx)).router();
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static final class Calls implements VertxRoutes.Version {
    private final Vertx vertx;

    Calls(Vertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public <T> void blocking(Callable<T> work, Handler<AsyncResult<T>> done) {
      vertx.<T>executeBlocking(
          promise -> {
            try {
              promise.complete(work.call());
            } catch (Exception broken) {
              promise.fail(broken);
            }
          },
          done);
    }

    @Override
    public void ask(String address, String text, Handler<AsyncResult<String>> done) {
      vertx
          .eventBus()
          .<String>request(address, text, answer -> done.handle(answer.map(m -> m.body())));
    }

    @Override
    public void send(HttpRequest<Buffer> request, Handler<AsyncResult<String>> done) {
      request.send(answer -> done.handle(answer.map(a -> a.bodyAsString())));
    }
  }
}
