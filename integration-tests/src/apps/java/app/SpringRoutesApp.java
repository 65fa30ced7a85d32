package app;

import java.util.concurrent.Callable;
import javax.servlet.ServletRegistration;
import javax.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Functional routes of Spring MVC on embedded Tomcat. */
public final class SpringRoutesApp {
  private SpringRoutesApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    TomcatServer.start(
        context -> {
          AnnotationConfigWebApplicationContext spring =
              new AnnotationConfigWebApplicationContext();
          spring.register(Config.class);
          ServletRegistration.Dynamic servlet =
              context.addServlet("spring", new DispatcherServlet(spring));
          servlet.setLoadOnStartup(1);
          servlet.setAsyncSupported(true);
          servlet.addMapping("/");
        });
  }

  /** The routes, those of orders below their own path. */
  @Configuration
  @EnableWebMvc
  static class Config {
    @Bean
    public RouterFunction<ServerResponse> orders() {
      return RouterFunctions.route()
          .path(
              "/orders/{id}",
              orders ->
                  orders
                      .GET("", request -> text(OrderPages.order(id(request))))
                      .GET(
                          "/lines/{line}",
                          request -> text(OrderPages.order(request.pathVariable("line"))))
                      .GET("/refused", request -> text(OrderPages.refused()))
                      .GET("/unavailable", request -> text(OrderPages.unavailable()))
                      .GET("/broken", request -> text(OrderPages.broken()))
                      .GET("/later", request -> later(() -> OrderPages.orderLater(id(request))))
                      .GET("/later-broken", request -> later(OrderPages::brokenLater))
                      .GET("/stream", request -> stream()))
          .onError(
              IllegalArgumentException.class,
              (error, request) -> answer(HttpStatus.UNPROCESSABLE_ENTITY))
          .onError(
              UnsupportedOperationException.class,
              (error, request) -> answer(HttpStatus.SERVICE_UNAVAILABLE))
          .build();
    }

    private static String id(ServerRequest request) {
      return request.pathVariable("id");
    }

    private static ServerResponse text(String text) {
      return body(ServerResponse.ok(), text);
    }

    private static ServerResponse later(Callable<String> text) {
      return body(ServerResponse.ok(), OrderPages.later(text));
    }

    private static ServerResponse answer(HttpStatus status) {
      return body(ServerResponse.status(status), "answered");
    }

    private static ServerResponse body(ServerResponse.BodyBuilder answer, Object body) {
      return answer.contentType(MediaType.TEXT_PLAIN).body(body);
    }

    private static ServerResponse stream() {
      return ServerResponse.ok()
          .build(
              (request, response) -> {
                write(response);
                return null;
              });
    }

    private static void write(HttpServletResponse response) {
      try {
        OrderPages.stream(response.getOutputStream());
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
