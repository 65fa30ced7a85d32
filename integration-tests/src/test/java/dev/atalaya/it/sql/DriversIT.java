package dev.atalaya.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvms;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DriverManager and the drivers that it finds on the class path. */
final class DriversIT {
  /** Java 8's waits for drivers that wait for it: in most of these starts without the agent. */
  @RepeatedTest(4)
  void many_threads_load_drivers_at_once_on_java_8() {
    try (App app = drivers(8, "at once").agent(null).launch()) {
      assertEquals(0, app.join(), () -> app.output() + app.errors());
      assertEquals(Collections.nCopies(6, "done"), app.output().lines().toList(), app::errors);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 17})
  void drivers_are_registered_in_the_order_of_before(int release) {
    try (App with = drivers(release, "order").agent(null).launch();
        App without = drivers(release, "order").launch()) {
      assertEquals(0, with.join(), with::errors);
      assertEquals(0, without.join(), without::errors);
      List<String> order = without.output().lines().toList();
      assertEquals(3, order.size(), without::output);
      assertEquals(order, with.output().lines().toList());
    }
  }

  private static App.Launch drivers(int release, String what) {
    return App.main("app.DriversApp")
        .libraries(
            "com.h2database:h2:1.4.200",
            "org.postgresql:postgresql:42.7.14",
            "org.mariadb.jdbc:mariadb-java-client:3.5.10")
        .jvm(Jvms.of(release))
        .arguments(what);
  }
}
