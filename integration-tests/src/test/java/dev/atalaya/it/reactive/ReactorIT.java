package dev.atalaya.it.reactive;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvms;
import org.junit.jupiter.api.Test;

final class ReactorIT extends ChainContract {
  private static final String OLDEST = "io.projectreactor:reactor-core:3.3.0.RELEASE";
  private static final String NEWEST = "io.projectreactor:reactor-core:3.8.8";

  ReactorIT() {
    super("app.ReactorApp", OLDEST, NEWEST);
  }

  @Test
  void so_it_does_where_the_schedulers_threads_are_virtual() throws Exception {
    try (App app =
        launch(NEWEST)
            .jvm(Jvms.of(25))
            .property("reactor.schedulers.defaultBoundedElasticOnVirtualThreads", "true")
            .agent(otlp)
            .start()) {
      assertQueries(21, app, "/flat");
      assertQueries(2, app, "/timeout");
      assertEachWaitingHasItsOwn(app);
      assertQueries(0, app, "/background");
      assertQueries(21, app, "/flat");
    }
  }
}
