package dev.atalaya.agent.library.hibernate;

import static dev.atalaya.agent.catalogue.Trait.COLLECTION;
import static dev.atalaya.agent.catalogue.Trait.LOADS_EAGERLY;
import static dev.atalaya.agent.catalogue.Trait.LOADS_EAGER_COLLECTIONS;
import static dev.atalaya.agent.catalogue.Trait.LOADS_LAZILY;
import static dev.atalaya.agent.catalogue.Trait.MAPPER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Hibernate, and its classes that load something on their own. */
@AutoService(LibraryPackages.class)
public final class HibernatePackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(MAPPER).tagged("hibernate").in("org.hibernate.");
    known
        .such(MAPPER, LOADS_LAZILY, COLLECTION)
        .tagged("hibernate")
        .in(
            "org.hibernate.collection.spi.AbstractPersistentCollection",
            "org.hibernate.collection.internal.AbstractPersistentCollection");
    known
        .such(MAPPER, LOADS_EAGER_COLLECTIONS)
        .tagged("hibernate")
        .in("org.hibernate.engine.internal.StatefulPersistenceContext");
    known
        .such(MAPPER, LOADS_LAZILY)
        .tagged("hibernate")
        .in(
            "org.hibernate.proxy.AbstractLazyInitializer",
            "org.hibernate.bytecode.enhance.spi.interceptor.");
    known
        .such(MAPPER, LOADS_EAGERLY)
        .tagged("hibernate")
        .in(
            "org.hibernate.type.EntityType",
            "org.hibernate.sql.results.graph.entity.internal.EntitySelect");
    known
        .such(MAPPER)
        .tagged("hibernate")
        .tagged("hibernate-identity")
        .in("org.hibernate.action.internal.EntityIdentityInsertAction");
  }
}
