package war;

import app.Servlets;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;

/** Brings the servlets that end in all ways into a WAR. */
public final class AllServlets implements ServletContextListener {
  @Override
  public void contextInitialized(ServletContextEvent event) {
    new Servlets().register(event.getServletContext());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {}
}
