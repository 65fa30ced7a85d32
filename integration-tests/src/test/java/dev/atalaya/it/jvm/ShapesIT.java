package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program, and another agent, can tell of classes that are woven. */
final class ShapesIT {
  @TempDir Path folder;

  static Set<Integer> all() {
    return Jvms.releases(8, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("all")
  void woven_classes_grow_by_a_field_alone_and_may_be_changed_by_others(int release)
      throws Exception {
    try (App app =
        App.main("app.ShapeApp")
            .libraries("com.h2database:h2:1.4.200")
            .jvm(Jvms.of(release))
            .agent(null)
            .jvmArguments("-javaagent:" + another())
            .launch()) {
      assertEquals(0, app.join(), app::errors);
      assertEquals(
          List.of(
              "7 in a field",
              "7 by a proxy of []",
              "changed org.h2.jdbc.JdbcConnection",
              "changed org.h2.jdbc.JdbcPreparedStatement",
              "changed org.h2.jdbc.JdbcConnection",
              "changed org.h2.jdbc.JdbcPreparedStatement",
              "7 at the end"),
          app.output().lines().toList());
      assertTrue(app.errors().contains("jdbc is switched off"), app::errors);
      assertFalse(app.errors().contains("left as it is"), app::errors);
      assertFalse(app.errors().contains("stays in it"), app::errors);
    }
  }

  /** The application's own class, whose premain the system loader finds on its path. */
  private Path another() throws Exception {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Premain-Class", "app.ShapeApp");
    main.putValue("Can-Retransform-Classes", "true");
    main.putValue("Can-Redefine-Classes", "true");
    Path jar = folder.resolve("another.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
