package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.FilterConfig;
import javax.servlet.ServletContainerInitializer;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.component.LifeCycle;

/** A server on a free port with a web application at /app, and a client that nobody traces. */
public final class WebServer implements AutoCloseable {
  /** What is registered with the application; its /error-page shows IllegalStateExceptions. */
  public interface Content {
    void register(ServletContext context) throws ServletException;
  }

  /** What a filter does. */
  public interface Step {
    void filter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException, ServletException;
  }

  private final int port;
  private final AutoCloseable stop;

  private WebServer(int port, AutoCloseable stop) {
    this.port = port;
    this.stop = stop;
  }

  public static WebServer at(int port, AutoCloseable stop) {
    return new WebServer(port, stop);
  }

  public static WebServer tomcat(Content content) throws Exception {
    File folder = Files.createTempDirectory("tomcat").toFile();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.getPath());
    tomcat.setPort(0);
    Context context = tomcat.addContext("/app", folder.getPath());
    context.addServletContainerInitializer((types, servlets) -> content.register(servlets), null);
    ErrorPage page = new ErrorPage();
    page.setExceptionType("java.lang.IllegalStateException");
    page.setLocation("/error-page");
    context.addErrorPage(page);
    tomcat.getConnector();
    tomcat.start();
    return new WebServer(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  public static WebServer jetty(Content content) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/app");
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(IllegalStateException.class, "/error-page");
    context.setErrorHandler(errors);
    server.setHandler(context);
    context.addLifeCycleListener(
        new AbstractLifeCycle.AbstractLifeCycleListener() {
          @Override
          public void lifeCycleStarting(LifeCycle event) {
            context.getServletContext().setExtendedListenerTypes(true);
            try {
              content.register(context.getServletContext());
            } catch (ServletException unexpected) {
              throw new IllegalStateException(unexpected);
            }
          }
        });
    server.start();
    return new WebServer(connector.getLocalPort(), server::stop);
  }

  public static WebServer undertow(Content content) throws Exception {
    ServletContainerInitializer register = (types, servlets) -> content.register(servlets);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(WebServer.class.getClassLoader())
            .setDeploymentName("app")
            .setContextPath("/app")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    register.getClass(),
                    () -> new ImmediateInstanceHandle<>(register),
                    Collections.emptySet()))
            .addErrorPage(
                new io.undertow.servlet.api.ErrorPage("/error-page", IllegalStateException.class));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(Handlers.path().addPrefixPath("/app", manager.start()))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return new WebServer(address.getPort(), server::stop);
  }

  public static Filter filter(Step step) {
    return new Filter() {
      @Override
      public void init(FilterConfig config) {}

      @Override
      public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
          throws IOException, ServletException {
        step.filter(request, response, chain);
      }

      @Override
      public void destroy() {}
    };
  }

  /** The requests that have ended since the test began, waiting up to 5 s for {@code count}. */
  public static List<Span> served(Woven woven, int count) throws InterruptedException {
    long deadline = System.nanoTime() + 5_000_000_000L;
    List<Span> found;
    do {
      Thread.sleep(5);
      found = woven.spans();
      found.removeIf(span -> span.kind() != Span.Kind.SERVER);
    } while (found.size() < count && System.nanoTime() < deadline);
    assertEquals(count, found.size(), () -> "spans: " + woven.names());
    return found;
  }

  public int port() {
    return port;
  }

  public String get(String path, int status) throws IOException {
    return get(path, status, Map.of());
  }

  public String get(String path, int status, Map<String, String> headers) throws IOException {
    return getAnywhere("/app" + path, status, headers);
  }

  /** Not of the application alone. */
  public String getAnywhere(String path, int status, Map<String, String> headers)
      throws IOException {
    Call quiet = quiet();
    try {
      URL url = new URL("http://127.0.0.1:" + port + path);
      HttpURLConnection connection = (HttpURLConnection) url.openConnection();
      connection.setReadTimeout(10_000);
      connection.setInstanceFollowRedirects(false);
      headers.forEach(connection::setRequestProperty);
      int actual = connection.getResponseCode();
      String answer =
          body(actual < 400 ? connection.getInputStream() : connection.getErrorStream());
      assertEquals(status, actual, answer);
      return answer;
    } finally {
      Tracing.end(quiet, null);
    }
  }

  private static Call quiet() {
    try {
      return Tracing.quiet();
    } catch (IllegalStateException broken) {
      return null;
    }
  }

  private static String body(InputStream stream) throws IOException {
    if (stream == null) return "";
    try (InputStream in = stream) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() throws Exception {
    stop.close();
  }
}
