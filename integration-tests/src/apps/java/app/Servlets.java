package app;

import java.io.IOException;
import java.util.EnumSet;
import javax.servlet.AsyncContext;
import javax.servlet.DispatcherType;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.FilterRegistration;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.ServletRegistration;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Servlets and filters that end in all the ways that Servlet 3.0 knows. */
public final class Servlets implements WebContent {

  /** What a servlet does with a request. */
  interface Work {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  @Override
  public void register(ServletContext context) {
    add(context, "/", (request, response) -> response.sendError(404));
    add(context, "/exact", (request, response) -> response.getWriter().print("exact"));
    add(context, "/tree/*", (request, response) -> response.getWriter().print("tree"));
    add(context, "*.action", (request, response) -> response.getWriter().print("action"));
    add(context, "/status", (request, response) -> response.setStatus(503));
    add(context, "/send-error", (request, response) -> response.sendError(409, "CANARY-reason"));
    add(
        context,
        "/throw",
        (request, response) -> {
          throw new ServletException("CANARY-message");
        });
    add(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/exact").forward(request, response));
    add(
        context,
        "/include",
        (request, response) -> request.getRequestDispatcher("/exact").include(request, response));
    add(
        context,
        "/async",
        (request, response) ->
            later(
                request,
                async -> {
                  HttpServletResponse answer = (HttpServletResponse) async.getResponse();
                  answer.setStatus(202);
                  answer.getWriter().print("async");
                  async.complete();
                }));
    add(
        context,
        "/async-error",
        (request, response) ->
            later(
                request,
                async -> {
                  ((HttpServletResponse) async.getResponse()).setStatus(502);
                  async.complete();
                }));
    add(
        context,
        "/async-dispatch",
        (request, response) -> later(request, async -> async.dispatch("/exact")));
    add(context, "/async-timeout", (request, response) -> request.startAsync().setTimeout(200));
    filter(
        context, "/filtered", (request, response, chain) -> response.getWriter().print("filtered"));
    filter(
        context,
        "/filtered-throw",
        (request, response, chain) -> {
          throw new IllegalStateException("CANARY-message");
        });
    filter(context, "/exact", (request, response, chain) -> chain.doFilter(request, response));
  }

  private interface Async {
    void end(AsyncContext async) throws Exception;
  }

  private interface Step {
    void filter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException;
  }

  private static void later(HttpServletRequest request, final Async end) {
    final AsyncContext async = request.startAsync();
    new Thread(
            () -> {
              try {
                Thread.sleep(100);
                end.end(async);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            })
        .start();
  }

  private static void add(ServletContext context, String mapping, final Work work) {
    ServletRegistration.Dynamic servlet =
        context.addServlet(
            mapping,
            new HttpServlet() {
              @Override
              protected void service(HttpServletRequest request, HttpServletResponse response)
                  throws ServletException, IOException {
                try {
                  work.serve(request, response);
                } catch (ServletException | IOException | RuntimeException e) {
                  throw e;
                } catch (Exception e) {
                  throw new ServletException(e);
                }
              }
            });
    servlet.setAsyncSupported(true);
    servlet.addMapping(mapping);
  }

  private static void filter(ServletContext context, String mapping, final Step step) {
    FilterRegistration.Dynamic filter =
        context.addFilter(
            "filter " + mapping,
            new Filter() {
              @Override
              public void init(FilterConfig config) {}

              @Override
              public void doFilter(
                  ServletRequest request, ServletResponse response, FilterChain chain)
                  throws IOException, ServletException {
                step.filter(request, response, chain);
              }

              @Override
              public void destroy() {}
            });
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, mapping);
  }
}
