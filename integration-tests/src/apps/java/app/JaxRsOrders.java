package app;

import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.container.AsyncResponse;
import javax.ws.rs.container.Suspended;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.StreamingOutput;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;

/** The orders as JAX-RS resources, wherever they run. */
@Path("/orders/{id}")
public final class JaxRsOrders {
  @GET
  public String order(@PathParam("id") String id) throws Exception {
    return OrderPages.order(id);
  }

  @Path("lines")
  public Lines lines() {
    return new Lines();
  }

  @GET
  @Path("refused")
  public String refused() {
    return OrderPages.refused();
  }

  @GET
  @Path("unavailable")
  public String unavailable() {
    return OrderPages.unavailable();
  }

  @GET
  @Path("broken")
  public String broken() {
    return OrderPages.broken();
  }

  @GET
  @Path("later")
  public void later(@PathParam("id") final String id, @Suspended final AsyncResponse response) {
    OrderPages.later(() -> response.resume(OrderPages.orderLater(id)));
  }

  @GET
  @Path("later-broken")
  public void laterBroken(@Suspended final AsyncResponse response) {
    OrderPages.later(OrderPages::brokenLater)
        .whenComplete((text, error) -> response.resume(error.getCause()));
  }

  @GET
  @Path("stream")
  public StreamingOutput stream() {
    return out -> {
      try {
        OrderPages.stream(out);
      } catch (java.io.IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** What the locator locates. */
  public static final class Lines {
    @GET
    @Path("{line}")
    public String line(@PathParam("line") String line) throws Exception {
      return OrderPages.order(line);
    }
  }

  /** Answers what is refused. */
  @Provider
  public static final class Refused implements ExceptionMapper<IllegalArgumentException> {
    @Override
    public Response toResponse(IllegalArgumentException error) {
      return Response.status(422).entity("refused").build();
    }
  }

  /** Answers what is unavailable. */
  @Provider
  public static final class Unavailable implements ExceptionMapper<UnsupportedOperationException> {
    @Override
    public Response toResponse(UnsupportedOperationException error) {
      return Response.status(503).entity("unavailable").build();
    }
  }
}
