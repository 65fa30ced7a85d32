package app;

import io.javalin.http.Context;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.UnauthorizedResponse;

/** The pages of Javalin's applications, whose versions differ in where routes are told. */
public interface JavalinRoutes {
  void get(String path, Handler handler);

  <E extends Exception> void exception(Class<E> type, ExceptionHandler<? super E> handler);

  void before(String path, Handler handler);

  void after(String path, Handler handler);

  static void register(JavalinRoutes routes) throws Exception {
    OrderPages.create();
    routes.before("/locked/{door}", JavalinRoutes::lock);
    routes.before("*", context -> context.header("X-Before", "seen"));
    routes.get("/orders/{id}", context -> context.result(OrderPages.order(id(context))));
    routes.get(
        "/orders/{id}/lines/{line}",
        context -> context.result(OrderPages.order(context.pathParam("line"))));
    routes.get("/orders/{id}/refused", context -> context.result(OrderPages.refused()));
    routes.get("/orders/{id}/unavailable", context -> context.result(OrderPages.unavailable()));
    routes.get("/orders/{id}/broken", context -> context.result(OrderPages.broken()));
    routes.get(
        "/orders/{id}/later",
        context ->
            context.future(
                () ->
                    OrderPages.later(() -> OrderPages.orderLater(id(context)))
                        .thenAccept(context::result)));
    routes.get(
        "/orders/{id}/later-broken",
        context -> context.future(() -> OrderPages.later(OrderPages::brokenLater)));
    routes.get(
        "/orders/{id}/stream", context -> OrderPages.stream(context.res().getOutputStream()));
    routes.exception(
        IllegalArgumentException.class, (error, context) -> context.status(422).result("refused"));
    routes.exception(
        UnsupportedOperationException.class,
        (error, context) -> context.status(503).result("unavailable"));
    routes.after("/orders/*", context -> context.header("X-After", "seen"));
  }

  static String id(Context context) {
    return context.pathParam("id");
  }

  static void lock(Context context) {
    throw new UnauthorizedResponse();
  }
}
