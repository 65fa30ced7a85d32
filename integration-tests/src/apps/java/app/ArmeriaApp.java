package app;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.ExceptionHandler;
import com.linecorp.armeria.server.annotation.ExceptionHandlerFunction;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Services of Armeria, annotated and others, below /shop. */
public final class ArmeriaApp {
  private static final WebClient CLIENT = WebClient.of();

  private ArmeriaApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    Server server =
        Server.builder()
            .http(new InetSocketAddress("127.0.0.1", 0))
            .annotatedService("/shop", new Orders())
            .service("/shop/orders/{id}/stream", (context, request) -> stream())
            .service("/shop/orders/{id}/broken", (context, request) -> broken())
            .service("/shop/orders/{id}/loop", ArmeriaApp::onTheLoop)
            .service("/shop/orders/{id}/called", ArmeriaApp::called)
            .serviceUnder("/shop/shelves/", (context, request) -> HttpResponse.of("a shelf"))
            .build();
    server.start().join();
    System.out.println("READY " + server.activeLocalPort());
  }

  private static HttpResponse broken() {
    return HttpResponse.of(OrderPages.broken());
  }

  /** A task of the request's own, on the event loop that has let go of it. */
  private static HttpResponse onTheLoop(ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    context
        .eventLoop()
        .execute(
            () -> {
              try {
                answer.complete(HttpResponse.of(OrderPages.order(context.pathParam("id"))));
              } catch (Exception e) {
                answer.completeExceptionally(e);
              }
            });
    return HttpResponse.from(answer);
  }

  /** Itself, by its client, which has one connection for all, and the database after that. */
  private static HttpResponse called(ServiceRequestContext context, HttpRequest request) {
    InetSocketAddress here = context.localAddress();
    String order = "http://127.0.0.1:" + here.getPort() + "/shop/orders/" + context.pathParam("id");
    return HttpResponse.from(
        CLIENT
            .get(order + "/later")
            .aggregate()
            .thenApplyAsync(
                answer -> HttpResponse.of(read(context.pathParam("id"))),
                context.blockingTaskExecutor()));
  }

  private static String read(String id) {
    try {
      return OrderPages.order(id);
    } catch (Exception broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static HttpResponse stream() {
    HttpResponseWriter response = HttpResponse.streaming();
    response.write(ResponseHeaders.of(HttpStatus.OK));
    OrderPages.later(
        () -> {
          OrderPages.stream(
              new OutputStream() {
                @Override
                public void write(int one) {
                  throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                  response.write(HttpData.copyOf(Arrays.copyOfRange(bytes, from, from + length)));
                }
              });
          response.close();
          return null;
        });
    return response;
  }

  /** What the pages throw so that it is refused. */
  public static final class Refusals implements ExceptionHandlerFunction {
    @Override
    public HttpResponse handleException(
        ServiceRequestContext context, HttpRequest request, Throwable error) {
      if (error instanceof IllegalArgumentException) {
        return HttpResponse.of(HttpStatus.UNPROCESSABLE_ENTITY);
      }
      if (error instanceof UnsupportedOperationException) {
        return HttpResponse.of(HttpStatus.SERVICE_UNAVAILABLE);
      }
      return ExceptionHandlerFunction.fallthrough();
    }
  }

  @ExceptionHandler(Refusals.class)
  public static final class Orders {
    @Blocking
    @Get("/orders/{id}")
    public String order(@Param("id") String id) throws Exception {
      return OrderPages.order(id);
    }

    @Post("/orders/{id}/lines")
    public String add(@Param("id") String id, AggregatedHttpRequest line) throws Exception {
      return OrderPages.order(id) + line.contentUtf8();
    }

    @Get("/orders/{id}/lines/{line}")
    public String line(@Param("line") String line) throws Exception {
      return OrderPages.order(line);
    }

    @Get("/orders/{id}/refused")
    public String refused() {
      return OrderPages.refused();
    }

    @Blocking
    @Get("/orders/{id}/unavailable")
    public String unavailable() {
      return OrderPages.unavailable();
    }

    @Get("/orders/{id}/later")
    public CompletableFuture<String> later(@Param("id") String id) {
      return OrderPages.later(() -> OrderPages.orderLater(id));
    }

    @Get("/orders/{id}/later-broken")
    public CompletableFuture<String> laterBroken() {
      return OrderPages.later(OrderPages::brokenLater);
    }

    @Blocking
    @Get("/orders/{id}/repeated")
    public String repeated(@Param("id") String id) throws Exception {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 4; i++) text.append(OrderPages.order(id));
      return text.toString();
    }
  }
}
