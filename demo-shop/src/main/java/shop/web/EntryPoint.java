package shop.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Method and route of a request in each line that is logged for it.
 *
 * <p>They stay until the container is done with the request: it logs what nobody handled, after all
 * of Spring MVC has been left.
 */
@Component
final class EntryPoint
    implements AsyncHandlerInterceptor, ServletRequestListener, WebMvcConfigurer {
  private static final String METHOD = "http.request.method";
  private static final String ROUTE = "http.route";

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    // An error page has a route of its own; what led there is the entry point.
    if (request.getDispatcherType() != DispatcherType.ERROR) {
      MDC.put(METHOD, request.getMethod());
      Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      MDC.put(ROUTE, String.valueOf(route));
    }
    return true;
  }

  /** The answer comes from another thread; this one serves the next request. */
  @Override
  public void afterConcurrentHandlingStarted(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    forget();
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    forget();
  }

  private static void forget() {
    MDC.remove(METHOD);
    MDC.remove(ROUTE);
  }
}
