package war;

import java.io.IOException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Ends in the container's error page, by an exception or by a status. */
public final class Failing extends HttpServlet {
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getQueryString() == null) {
      throw new IllegalStateException("CANARY-message");
    }
    response.sendError(410);
  }
}
