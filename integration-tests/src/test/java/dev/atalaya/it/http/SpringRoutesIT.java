package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring MVC's functional routes, which its servlet serves. */
final class SpringRoutesIT {
  @ParameterizedTest
  @CsvSource({
    "org.springframework:spring-webmvc:5.2.25.RELEASE, 9.0.123, false",
    "org.springframework:spring-webmvc:7.0.10, 11.0.27, true",
  })
  void a_request_has_the_pattern_of_its_route_and_the_exception_of_its_handler(
      String library, String tomcat, boolean jakarta) throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.SpringRoutesApp")
                .libraries(library, ServerContract.H2)
                .libraries("org.apache.tomcat.embed:tomcat-embed-core:" + tomcat)
                .release(jakarta ? 17 : 8)
                .jakarta(jakarta),
        "/shop",
        null,
        ways -> {
          if (jakarta) {
            ways.all();
          } else { // 5.2 answers 200 where a future of its body fails
            ways.atOnce();
            ways.found("/orders/7/later", 200, "/orders/{id}/later");
            ways.asked("GET", "/orders/8/later-broken");
          }
        });
  }
}
