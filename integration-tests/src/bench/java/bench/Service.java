package bench;

import java.io.File;
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
  private static final int[] FEWER_CALLS = {1, 4, 21};

  private Service() {}

  public static void main(String[] args) throws Exception {
    Items items = new Items();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[1]);
    tomcat.setSilent(true);
    tomcat.setConnector(connector());
    Context context = tomcat.addContext("", new File(args[1]).getAbsolutePath());
    JdbcServlet jdbc = new JdbcServlet(items, JdbcServlet.CALLS);
    Tomcat.addServlet(context, "jdbc", jdbc);
    context.addServletMappingDecoded("/jdbc", "jdbc");
    for (int calls : FEWER_CALLS) {
      Tomcat.addServlet(context, "jdbc" + calls, new JdbcServlet(items, calls));
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
}
