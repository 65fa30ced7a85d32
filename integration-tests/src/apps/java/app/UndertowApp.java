package app;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.InstanceFactory;
import io.undertow.servlet.api.InstanceHandle;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.Set;
import javax.servlet.ServletContainerInitializer;
import javax.servlet.ServletContext;

/** The servlets on embedded Undertow, and at /core a handler of its own that is no servlet. */
public final class UndertowApp {
  private UndertowApp() {}

  /** Registers the servlets. */
  public static final class Starter implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
      new Servlets().register(context);
    }
  }

  public static void main(String[] args) throws Exception {
    DeploymentInfo deployment =
        io.undertow.servlet.Servlets.deployment()
            .setClassLoader(UndertowApp.class.getClassLoader())
            .setDeploymentName("shop")
            .setContextPath("/shop")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    Starter.class,
                    new InstanceFactory<Starter>() {
                      @Override
                      public InstanceHandle<Starter> createInstance() {
                        return new ImmediateInstanceHandle<>(new Starter());
                      }
                    },
                    Collections.<Class<?>>emptySet()));
    DeploymentManager manager =
        io.undertow.servlet.Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    HttpHandler core =
        new HttpHandler() {
          @Override
          public void handleRequest(HttpServerExchange exchange) {
            if (exchange.isInIoThread()) {
              exchange.dispatch(this);
              return;
            }
            exchange.setStatusCode(202);
            exchange.getResponseSender().send("core");
          }
        };
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                Handlers.path().addPrefixPath("/shop", manager.start()).addExactPath("/core", core))
            .build();
    server.start();
    InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    System.out.println("READY " + address.getPort());
  }
}
