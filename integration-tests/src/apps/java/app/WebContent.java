package app;

import javax.servlet.ServletContext;
import javax.servlet.ServletException;

/** What a servlet container serves. */
public interface WebContent {
  void register(ServletContext context) throws ServletException;
}
