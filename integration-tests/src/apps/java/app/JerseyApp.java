package app;

import javax.servlet.ServletRegistration;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Jersey on embedded Tomcat. */
public final class JerseyApp {
  private JerseyApp() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        context -> {
          ServletRegistration.Dynamic servlet =
              context.addServlet(
                  "jersey",
                  new ServletContainer(new ResourceConfig().register(JaxRsResource.class)));
          servlet.setAsyncSupported(true);
          servlet.addMapping("/api/*");
        });
  }
}
