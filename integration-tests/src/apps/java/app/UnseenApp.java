package app;

import io.vertx.core.Vertx;

/** A server without routes: that of Vert.x alone. */
public final class UnseenApp {
  private UnseenApp() {}

  public static void main(String[] args) throws Exception {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end("unseen"))
        .listen(0, "127.0.0.1")
        .onSuccess(server -> System.out.println("READY " + server.actualPort()));
  }
}
