package app;

import io.javalin.Javalin;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;

/** Javalin 7 on the Jetty that it brings. */
public final class Javalin7App {
  private Javalin7App() {}

  public static void main(String[] args) throws Exception {
    Javalin app =
        Javalin.create(
            config -> {
              config.router.contextPath = "/shop";
              try {
                JavalinRoutes.register(
                    new JavalinRoutes() {
                      @Override
                      public void get(String path, Handler handler) {
                        config.routes.get(path, handler);
                      }

                      @Override
                      public <E extends Exception> void exception(
                          Class<E> type, ExceptionHandler<? super E> handler) {
                        config.routes.exception(type, handler);
                      }

                      @Override
                      public void before(String path, Handler handler) {
                        config.routes.before(path, handler);
                      }

                      @Override
                      public void after(String path, Handler handler) {
                        config.routes.after(path, handler);
                      }
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    app.start("127.0.0.1", 0);
    System.out.println("READY " + app.port());
  }
}
