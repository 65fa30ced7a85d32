package app;

import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.nio.file.Path;

/** Makes an application of a project's pom.xml and compiled classes; argument: its folder. */
public final class QuarkusBuild {
  private QuarkusBuild() {}

  public static void main(String[] args) throws Exception {
    Path project = Path.of(args[0]);
    QuarkusBootstrap.builder()
        .setProjectRoot(project)
        .setApplicationRoot(project.resolve("target/classes"))
        .setTargetDirectory(project.resolve("target"))
        .setBaseName("stock")
        .setMode(QuarkusBootstrap.Mode.PROD)
        .setLocalProjectDiscovery(true)
        .build()
        .bootstrap()
        .createAugmentor()
        .createProductionApplication();
    System.out.println("READY 0");
    Thread.sleep(60_000); // until who waits for the line has read it
  }
}
