package shop.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Logs what nobody handled, once and with all its causes; the container then makes it an error
 * page.
 *
 * <p>The container would log it too, but the root cause alone: a closed channel, say, without the
 * partner that was asked, nor the line of ours that asked. It is told not to in application.yaml.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnhandledErrors extends OncePerRequestFilter {
  private static final Logger log = LoggerFactory.getLogger(UnhandledErrors.class);

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | IOException | RuntimeException | Error e) {
      // Visitors who do not wait for the answer are no error.
      if (!DisconnectedClientHelper.isClientDisconnectedException(e)) {
        log.error("Request failed", unwrapped(e));
      }
      throw e;
    }
  }

  private static Throwable unwrapped(Throwable e) {
    return e instanceof ServletException && e.getCause() != null ? e.getCause() : e;
  }

  /** An answer of another thread may end in an error as well. */
  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
