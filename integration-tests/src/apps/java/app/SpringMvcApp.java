package app;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.servlet.ServletRegistration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Spring MVC on embedded Tomcat. */
public final class SpringMvcApp {
  private SpringMvcApp() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        context -> {
          AnnotationConfigWebApplicationContext spring =
              new AnnotationConfigWebApplicationContext();
          spring.register(Config.class, Orders.class);
          ServletRegistration.Dynamic servlet =
              context.addServlet("spring", new DispatcherServlet(spring));
          servlet.setLoadOnStartup(1);
          servlet.setAsyncSupported(true);
          servlet.addMapping("/");
        });
  }

  @Configuration
  @EnableWebMvc
  static class Config {}

  @RestController
  @RequestMapping("/orders")
  static class Orders {
    @RequestMapping(value = "/{id}", method = RequestMethod.GET)
    public String order(@PathVariable("id") String id) {
      return "order " + id;
    }

    @RequestMapping("/{id}/async")
    public Callable<String> async(@PathVariable("id") String id) {
      return () -> {
        Thread.sleep(50);
        return "async " + id;
      };
    }

    @RequestMapping("/{id}/future")
    public CompletableFuture<String> future(@PathVariable("id") String id) {
      return CompletableFuture.supplyAsync(() -> "future " + id);
    }

    @RequestMapping("/{id}/handled")
    public String handled(@PathVariable("id") String id) {
      throw new IllegalArgumentException("CANARY-message");
    }

    @RequestMapping("/{id}/broken")
    public String broken(@PathVariable("id") String id) {
      throw new IllegalStateException("CANARY-message");
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
    public String handler() {
      return "handled";
    }
  }
}
