package app;

import io.javalin.Javalin;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;

/** Javalin 5 and 6 on the Jetty that they bring; argument: the name of the router's settings. */
public final class JavalinApp {
  private JavalinApp() {}

  public static void main(String[] args) throws Exception {
    Javalin app =
        Javalin.create(
            config -> {
              try {
                Object router = config.getClass().getField(args[0]).get(config);
                router.getClass().getField("contextPath").set(router, "/shop");
              } catch (ReflectiveOperationException anotherVersion) {
                throw new IllegalStateException(anotherVersion);
              }
            });
    JavalinRoutes.register(
        new JavalinRoutes() {
          @Override
          public void get(String path, Handler handler) {
            app.get(path, handler);
          }

          @Override
          public <E extends Exception> void exception(
              Class<E> type, ExceptionHandler<? super E> handler) {
            app.exception(type, handler);
          }

          @Override
          public void before(String path, Handler handler) {
            app.before(path, handler);
          }

          @Override
          public void after(String path, Handler handler) {
            app.after(path, handler);
          }
        });
    app.start("127.0.0.1", 0);
    System.out.println("READY " + app.port());
  }
}
