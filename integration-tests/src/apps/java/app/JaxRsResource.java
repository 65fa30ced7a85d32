package app;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;

/** A JAX-RS resource with a sub-resource. */
@Path("/orders")
public final class JaxRsResource {
  @GET
  @Path("{id}")
  public String order(@PathParam("id") String id) {
    return "order " + id;
  }

  @GET
  @Path("{id}/async")
  public void async(@PathParam("id") final String id, @Suspended final AsyncResponse response) {
    new Thread(() -> response.resume("async " + id)).start();
  }

  @GET
  @Path("{id}/handled")
  public String handled(@PathParam("id") String id) {
    throw new WebApplicationException(422);
  }

  @GET
  @Path("{id}/broken")
  public String broken(@PathParam("id") String id) {
    throw new IllegalStateException("CANARY-message");
  }

  @Path("{id}/lines")
  public Lines lines(@PathParam("id") String id) {
    return new Lines();
  }

  /** A sub-resource. */
  public static final class Lines {
    @GET
    @Path("{line}")
    public String line(@PathParam("line") String line) {
      return "line " + line;
    }
  }
}
