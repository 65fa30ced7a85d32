package app;

import java.util.Collections;
import java.util.Set;
import javax.servlet.ServletRegistration;
import javax.ws.rs.core.Application;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;

/** RESTEasy on embedded Tomcat. */
public final class ResteasyApp {
  private ResteasyApp() {}

  public static void main(String[] args) throws Exception {
    TomcatServer.start(
        context -> {
          ServletRegistration.Dynamic servlet =
              context.addServlet("resteasy", new HttpServletDispatcher());
          servlet.setInitParameter("javax.ws.rs.Application", Resources.class.getName());
          servlet.setInitParameter("resteasy.servlet.mapping.prefix", "/api");
          servlet.setAsyncSupported(true);
          servlet.addMapping("/api/*");
        });
  }

  /** The only resource. */
  public static final class Resources extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Collections.<Class<?>>singleton(JaxRsResource.class);
    }
  }
}
