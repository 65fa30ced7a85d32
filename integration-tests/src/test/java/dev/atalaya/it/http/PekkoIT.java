package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pekko HTTP, and Akka HTTP, which it comes from, whose server is a stream in an actor. */
final class PekkoIT {
  private static final Map<String, String> NAMES_OF_AKKA =
      Map.of("org.apache.pekko", "akka", "\"pekko.", "\"akka.");

  @ParameterizedTest
  @CsvSource({
    "org.apache.pekko:pekko-http_2.13:1.0.0, org.apache.pekko:pekko-stream_2.13:1.0.1",
    "org.apache.pekko:pekko-http_2.13:1.3.0, org.apache.pekko:pekko-stream_2.13:1.7.0",
    "com.typesafe.akka:akka-http_2.13:10.2.10, com.typesafe.akka:akka-stream_2.13:2.6.21"
  })
  void a_request_has_what_its_path_was_matched_by_and_the_exception_of_its_handler(
      String http, String stream) throws Exception {
    WaysToRoute.check(
        () -> app(http, stream),
        "/shop",
        null,
        ways -> {
          ways.writtenAs("*").all();
          ways.atTheSameTime("/orders/18/asked");
          ways.atTheSameTime("/orders/19/dispatched");
          ways.atTheSameTime("/orders/20/streamed");
          ways.found("/shelves/CANARY-21/books", 200, "/shelves/*");
          ways.found("/files/CANARY-22/CANARY-23/CANARY-24", 200, "/files/*");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }

  private static App.Launch app(String http, String stream) {
    return App.main("app.PekkoApp")
        .renamed(http.contains("akka") ? NAMES_OF_AKKA : Map.of())
        .libraries(http, stream, ServerContract.H2);
  }
}
