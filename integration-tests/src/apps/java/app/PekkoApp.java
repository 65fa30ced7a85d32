package app;

import static org.apache.pekko.http.javadsl.server.PathMatchers.segment;
import static org.apache.pekko.http.javadsl.server.PathMatchers.segments;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.RequestEntityAcceptances;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.pattern.Patterns;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.apache.pekko.util.ByteString;

/** Routes of Pekko HTTP in each other, below /shop. */
public final class PekkoApp extends AllDirectives {
  private final ActorSystem system;
  private final ActorRef clerk;

  private PekkoApp(ActorSystem system) {
    this.system = system;
    this.clerk = system.actorOf(Props.create(Clerk.class, Clerk::new));
  }

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    ActorSystem system = ActorSystem.create("shop");
    ServerSettings settings = ServerSettings.create(system);
    HttpMethod brew = HttpMethods.custom("BREW", false, true, RequestEntityAcceptances.Expected);
    ServerBinding server =
        Http.get(system)
            .newServerAt("127.0.0.1", 0)
            .withSettings(
                settings.withParserSettings(settings.getParserSettings().withCustomMethods(brew)))
            .bind(new PekkoApp(system).shop())
            .toCompletableFuture()
            .get();
    System.out.println("READY " + server.localAddress().getPort());
  }

  private Route shop() {
    ExceptionHandler refusals =
        ExceptionHandler.newBuilder()
            .match(
                IllegalArgumentException.class,
                error -> complete(StatusCodes.UNPROCESSABLE_ENTITY, "refused"))
            .match(
                UnsupportedOperationException.class,
                error -> complete(StatusCodes.SERVICE_UNAVAILABLE, "refused"))
            .build();
    return handleExceptions(
        refusals,
        () ->
            pathPrefix(
                "shop",
                () ->
                    concat(
                        pathPrefix(segment("orders").slash(segment()), this::order),
                        pathPrefix("shelves", () -> complete("a shelf")),
                        path(
                            segment("files").slash(segments()),
                            names -> complete(names.size() + " names")))));
  }

  private Route order(String id) {
    return concat(
        pathEnd(() -> get(() -> complete(order(id, 1)))),
        path(segment("lines").slash(segment()), line -> get(() -> complete(order(line, 1)))),
        path("refused", () -> get(() -> complete(OrderPages.refused()))),
        path("unavailable", () -> get(() -> complete(OrderPages.unavailable()))),
        path("broken", () -> get(() -> complete(OrderPages.broken()))),
        path("later", () -> get(() -> later(OrderPages.later(() -> OrderPages.orderLater(id))))),
        path("later-broken", () -> get(() -> later(OrderPages.later(OrderPages::brokenLater)))),
        path("repeated", () -> get(() -> complete(order(id, 4)))),
        path("asked", () -> get(() -> later(asked(id)))),
        path("dispatched", () -> get(() -> later(dispatched(id)))),
        path("streamed", () -> get(() -> complete(entity(streamed(id))))),
        path("stream", () -> get(() -> complete(entity(stream())))));
  }

  private static String order(String id, int times) {
    try {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < times; i++) text.append(OrderPages.order(id));
      return text.toString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Route later(CompletionStage<String> text) {
    return completeOKWithFutureString(text);
  }

  /** An actor reads it. */
  private CompletionStage<String> asked(String id) {
    return Patterns.ask(clerk, id, java.time.Duration.ofSeconds(5)).thenApply(String.class::cast);
  }

  /** On another dispatcher, after a while of the scheduler's. */
  private CompletionStage<String> dispatched(String id) {
    CompletableFuture<String> text = new CompletableFuture<>();
    system
        .scheduler()
        .scheduleOnce(
            java.time.Duration.ofMillis(20),
            () -> text.complete(order(id, 1)),
            system.dispatchers().lookup("pekko.actor.default-blocking-io-dispatcher"));
    return text;
  }

  private static org.apache.pekko.http.javadsl.model.ResponseEntity entity(
      Source<ByteString, ?> bytes) {
    return HttpEntities.createChunked(ContentTypes.TEXT_PLAIN_UTF8, bytes);
  }

  private static Source<ByteString, ?> streamed(String id) {
    return Source.single(id).map(one -> ByteString.fromString(order(one, 1)));
  }

  private static Source<ByteString, ?> stream() {
    return StreamConverters.asOutputStream()
        .mapMaterializedValue(
            out -> {
              OrderPages.THREADS.execute(() -> write(out));
              return out;
            });
  }

  private static void write(OutputStream out) {
    try {
      OrderPages.stream(out);
      out.close();
    } catch (IOException gone) {
      // The client is.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Clerk extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(String.class, id -> getSender().tell(order(id, 1), getSelf()))
          .build();
    }
  }
}
