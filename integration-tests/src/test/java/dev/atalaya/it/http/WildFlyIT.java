package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WebArchive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** WildFly: each library in a loader of its own, data sources over IronJacamar. */
final class WildFlyIT extends ServerContract {
  @Override
  public App start(Otlp otlp) throws Exception {
    Path home =
        Distribution.shared("org.wildfly:wildfly-dist:zip:39.0.1.Final", name -> isNeedless(name));
    int port = App.freePort();
    Distribution.copy(home.resolve("standalone/configuration"), folder.resolve("configuration"));
    Path deployments = folder.resolve("deployments");
    WebArchive.shop(deployments.resolve("shop.war"), true, null);
    WebArchive.library(
        deployments.resolve("library.war"), true, "java:jboss/datasources/ExampleDS", null);
    String[] opened =
        Stream.of(
                "java.base/java.lang",
                "java.base/java.lang.invoke",
                "java.base/java.lang.reflect",
                "java.base/java.io",
                "java.base/java.net",
                "java.base/java.security",
                "java.base/java.util",
                "java.base/java.util.concurrent",
                "java.management/javax.management",
                "java.naming/javax.naming")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .toArray(String[]::new);
    return App.jar(home.resolve("jboss-modules.jar"))
        .jvmArguments(opened)
        .property("jboss.home.dir", home.toString())
        .property("jboss.server.base.dir", folder.toString())
        .property("jboss.bind.address", "127.0.0.1")
        .property("jboss.http.port", Integer.toString(port))
        .property("jboss.https.port", Integer.toString(App.freePort()))
        .property("jboss.management.http.port", Integer.toString(App.freePort()))
        .agent(otlp)
        .arguments("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone")
        .port(port)
        .ready("WFLYSRV0025", Duration.ofSeconds(120))
        .start();
  }

  private static boolean isNeedless(String name) {
    String path = name.substring(name.indexOf('/') + 1);
    return path.startsWith("docs/") || path.startsWith("appclient/") || path.startsWith("domain/");
  }
}
