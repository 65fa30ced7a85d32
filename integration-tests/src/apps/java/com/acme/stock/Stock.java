package com.acme.stock;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.List;

/** Ways to read the makers of all items one by one. */
@Path("/stock")
@ApplicationScoped
public class Stock {
  @Inject EntityManager entities;
  @Inject Items items;
  @Inject Makers makers;

  @Transactional
  void fill(@Observes StartupEvent started) {
    for (int id = 1; id <= 12; id++) {
      Maker maker = new Maker();
      maker.id = 100 + id;
      maker.name = "maker" + id;
      entities.persist(maker);
      Item item = new Item();
      item.id = id;
      item.name = "item" + id;
      item.maker = maker;
      entities.persist(item);
    }
  }

  @GET
  @Path("/lazy")
  @Transactional
  public String lazy() {
    List<String> names = new ArrayList<>();
    for (Item item : items.listAll()) {
      names.add(item.maker.name); // <- lazy
    }
    return "" + names;
  }

  @GET
  @Path("/generated")
  @Transactional
  public String generated() {
    List<String> names = new ArrayList<>();
    for (Item item : items.listAll()) {
      names.add("" + makers.findByName("maker" + item.id).id); // <- generated
    }
    return "" + names;
  }

  @GET
  @Path("/active")
  @Transactional
  public String active() {
    List<String> names = new ArrayList<>();
    for (Item item : items.listAll()) {
      names.add("" + Maker.find("name", "maker" + item.id).firstResult()); // <- active
    }
    return "" + names;
  }
}
