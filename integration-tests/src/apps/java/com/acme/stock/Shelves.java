package com.acme.stock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Resources of many kinds; the stock is asked by one of them. */
@Path("/shelves")
@ApplicationScoped
public class Shelves {
  @Inject Stock stock;

  @GET
  public String all() {
    return "all";
  }

  @GET
  @Path("/{shelf}/books/{book}")
  @Transactional
  public String book(@PathParam("book") String book) {
    return stock.lazy();
  }

  @GET
  @Path("/{shelf}/refused")
  public String refused() {
    throw new IllegalArgumentException("CANARY");
  }

  @GET
  @Path("/{shelf}/broken")
  public String broken() {
    throw new IllegalStateException("CANARY");
  }

  /** By another thread; an event loop is where it is asked. */
  @GET
  @Path("/{shelf}/later")
  public CompletionStage<String> later() {
    return CompletableFuture.supplyAsync(
        () -> "later", CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
  }

  @GET
  @Path("/{shelf}/later-broken")
  public CompletionStage<String> laterBroken() {
    return CompletableFuture.supplyAsync(
        this::broken, CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
  }

  @Path("/{shelf}/boxes")
  public Boxes boxes() {
    return new Boxes();
  }

  /** What one resource finds another to be. */
  public static class Boxes {
    @GET
    @Path("/{box}")
    public String box(@PathParam("box") String box) {
      return "box";
    }
  }

  @Provider
  public static class Refused implements ExceptionMapper<IllegalArgumentException> {
    @Override
    public Response toResponse(IllegalArgumentException refused) {
      return Response.status(422).entity("refused").build();
    }
  }
}
