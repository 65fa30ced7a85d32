package dev.atalaya.agent.library.jdbc;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Access;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Recorder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** How a connection was made; what is sent through it is in the tests of the pools. */
class JdbcInstrumentationTest {
  private static final String URL = "jdbc:h2:mem:woven";

  @Test
  void one_more_connection_can_be_made_like_the_applications() throws Exception {
    try (Woven woven = Woven.with(new JdbcInstrumentation());
        Connection connection = DriverManager.getConnection(URL, "sa", "")) {
      Access access = datasource(woven, connection).access();
      assertNotNull(access);
      Thread agents =
          new Thread(
              () -> {
                Recorder.mute();
                connect(access);
              });
      agents.start();
      agents.join();
      assertSame(access, datasource(woven, connection).access(), "the agent's own is recorded");
    }
  }

  private static Datasource datasource(Woven woven, Connection connection) throws Exception {
    woven.inRequest(
        () -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
          }
        });
    return woven.clientSpans().get(0).template().datasource;
  }

  private static void connect(Access access) {
    try (Connection another = access.connect(new Properties())) {
      another.getMetaData();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
