package app;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.RestClientBuilder;

/** MicroProfile's REST client, one for each address. */
public final class MicroProfileApp extends Client {
  /** What the implementation implements. */
  @Path("")
  public interface Remote {
    @GET
    Response getInTrace(@HeaderParam("traceparent") String traceparent);

    @GET
    Response get(
        @QueryParam("status") String status,
        @QueryParam("page") String page,
        @QueryParam("token") String token,
        @QueryParam("article") String article);

    @GET
    CompletionStage<String> getAsync(
        @QueryParam("page") String page, @QueryParam("password") String password);
  }

  public static void main(String[] args) throws Exception {
    new MicroProfileApp().serve();
  }

  @Override
  String get(String url, String traceparent) {
    URI uri = URI.create(url);
    Remote remote = remote(uri);
    if (traceparent != null) {
      return remote.getInTrace(traceparent).readEntity(String.class);
    }
    Response response =
        remote.get( // <- get
            parameter(uri, "status"),
            parameter(uri, "page"),
            parameter(uri, "token"),
            parameter(uri, "article"));
    return response.readEntity(String.class);
  }

  @Override
  String getAsync(String url) throws Exception {
    URI uri = URI.create(url);
    return remote(uri)
        .getAsync(parameter(uri, "page"), parameter(uri, "password"))
        .toCompletableFuture()
        .get();
  }

  private static Remote remote(URI uri) {
    String address = uri.toString();
    int query = address.indexOf('?');
    return RestClientBuilder.newBuilder()
        .baseUri(URI.create(query < 0 ? address : address.substring(0, query)))
        .property("microprofile.rest.client.disable.default.mapper", true)
        .build(Remote.class);
  }

  private static String parameter(URI uri, String name) {
    if (uri.getQuery() == null) {
      return null;
    }
    for (String pair : uri.getQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }
}
