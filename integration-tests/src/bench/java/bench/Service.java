package bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;

/**
 * The service that is measured: Tomcat, HikariCP and H2 in memory; {@code /jdbc} makes 50 JDBC
 * calls, {@code /jdbc1}, {@code /jdbc4} and {@code /jdbc21} as many, {@code /empty} none.
 *
 * <p>Arguments: the port on which the benchmark waits for {@link Control} to connect, and a folder
 * for Tomcat.
 */
public final class Service {
  static final int ITEMS = 1000;
  private static final int[] FEWER_CALLS = {1, 4, 21};

  private Service() {}

  public static void main(String[] args) throws Exception {
    DataSource dataSource = dataSource();
    fill(dataSource);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[1]);
    tomcat.setSilent(true);
    tomcat.setConnector(connector());
    Context context = tomcat.addContext("", new File(args[1]).getAbsolutePath());
    JdbcServlet jdbc = new JdbcServlet(dataSource, JdbcServlet.CALLS);
    Tomcat.addServlet(context, "jdbc", jdbc);
    context.addServletMappingDecoded("/jdbc", "jdbc");
    for (int calls : FEWER_CALLS) {
      Tomcat.addServlet(context, "jdbc" + calls, new JdbcServlet(dataSource, calls));
      context.addServletMappingDecoded("/jdbc" + calls, "jdbc" + calls);
    }
    Tomcat.addServlet(context, "empty", new EmptyServlet());
    context.addServletMappingDecoded("/empty", "empty");
    tomcat.start();
    Control.connect(
        Integer.parseInt(args[0]), tomcat.getConnector().getLocalPort(), jdbc.measured());
  }

  private static Connector connector() {
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    // The threads stay the same, and a connection lasts as long as the run: what is allocated and
    // used between two snapshots is then complete.
    connector.setProperty("minSpareThreads", "4");
    connector.setProperty("maxThreads", "4");
    ((AbstractProtocol<?>) connector.getProtocolHandler()).setKeepAliveTimeout(-1);
    connector.setProperty("maxKeepAliveRequests", "-1");
    return connector;
  }

  private static DataSource dataSource() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("bench");
    config.setJdbcUrl("jdbc:h2:mem:bench;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(4);
    config.setMaxLifetime(0);
    return new HikariDataSource(config);
  }

  private static void fill(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "CREATE TABLE item (id INT PRIMARY KEY, shop INT, name VARCHAR(40), price INT)");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?)")) {
        for (int id = 0; id < ITEMS; id++) {
          insert.setInt(1, id);
          insert.setInt(2, 7);
          insert.setString(3, "item " + id);
          insert.setInt(4, id % 100);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }
}
