package modular;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A query and an outgoing request from a named module. Arguments: the URL for HSQLDB's data source,
 * and the path of modules that are to have a layer of their own.
 */
public final class ModularApp {
  private ModularApp() {}

  public static void main(String[] args) throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSource(dataSource(args));
    config.setMaximumPoolSize(2);
    config.setPoolName("main");
    HikariDataSource source = new HikariDataSource(config);
    try (Connection connection = source.getConnection()) {
      connection.createStatement().execute("CREATE TABLE item (id INT PRIMARY KEY)");
      connection.createStatement().execute("INSERT INTO item VALUES (7)");
    }
    HttpClient client = HttpClient.newHttpClient();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 16);
    server.setExecutor(Executors.newFixedThreadPool(4));
    String self = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext(
        "/plain",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/modular",
        exchange -> {
          String body;
          try {
            body =
                query(source)
                    + " "
                    + client
                        .send(
                            HttpRequest.newBuilder(URI.create(self + "/plain")).build(),
                            HttpResponse.BodyHandlers.discarding())
                        .statusCode();
          } catch (Throwable error) {
            body = error.toString();
          }
          exchange.sendResponseHeaders(200, body.length());
          exchange.getResponseBody().write(body.getBytes("US-ASCII"));
          exchange.close();
        });
    server.start();
    System.out.println("READY " + server.getAddress().getPort());
  }

  private static DataSource dataSource(String[] args) throws Exception {
    ModuleLayer layer = ModuleLayer.boot();
    if (args.length > 1) {
      Path[] path =
          Stream.of(args[1].split(File.pathSeparator)).map(Path::of).toArray(Path[]::new);
      Configuration more =
          layer
              .configuration()
              .resolve(
                  ModuleFinder.of(path), ModuleFinder.of(), Set.of("org.hsqldb", "rows"));
      layer = layer.defineModulesWithOneLoader(more, ClassLoader.getSystemClassLoader());
    }
    System.out.println("loaded " + layer.findLoader("rows").loadClass("rows.Rows"));
    Class<?> type =
        layer.findLoader("org.hsqldb").loadClass("org.hsqldb.jdbc.JDBCDataSource");
    DataSource source = (DataSource) type.getConstructor().newInstance();
    type.getMethod("setUrl", String.class).invoke(source, args[0]);
    return source;
  }

  private static String query(HikariDataSource source) throws Exception {
    try (Connection connection = source.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT id FROM item WHERE id = ?")) {
      statement.setInt(1, 7);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return "item " + rows.getInt(1);
      }
    }
  }
}
