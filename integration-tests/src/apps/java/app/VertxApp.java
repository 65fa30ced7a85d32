package app;

import io.vertx.core.AsyncResult;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import java.util.concurrent.Callable;

/** Vert.x Web from 4.5 on, where a future is what comes of a call. */
public final class VertxApp {
  private VertxApp() {}

  public static void main(String[] args) throws Exception {
    Vertx vertx = Vertx.vertx(VertxRoutes.options());
    io.vertx.ext.web.Router router = new VertxRoutes(vertx, new Calls(vertx)).router();
    vertx
        .deployVerticle(
            new VertxRoutes.Worker(),
            new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER))
        .compose(deployed -> vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
        .onSuccess(server -> System.out.println("READY " + server.actualPort()));
  }

  private static final class Calls implements VertxRoutes.Version {
    private final Vertx vertx;

    Calls(Vertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public <T> void blocking(Callable<T> work, Handler<AsyncResult<T>> done) {
      vertx.executeBlocking(work).onComplete(done::handle);
    }

    @Override
    public void ask(String address, String text, Handler<AsyncResult<String>> done) {
      vertx.eventBus().<String>request(address, text).map(m -> m.body()).onComplete(done::handle);
    }

    @Override
    public void send(HttpRequest<Buffer> request, Handler<AsyncResult<String>> done) {
      request.send().map(answer -> answer.bodyAsString()).onComplete(done::handle);
    }
  }
}
