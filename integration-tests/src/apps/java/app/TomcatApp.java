package app;

/** The servlets on embedded Tomcat. */
public final class TomcatApp {
  private TomcatApp() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        context -> {
          // Without it a path that no servlet serves never reaches the filters.
          context
              .addServlet("default", "org.apache.catalina.servlets.DefaultServlet")
              .addMapping("/");
          new Servlets().register(context);
        });
  }
}
