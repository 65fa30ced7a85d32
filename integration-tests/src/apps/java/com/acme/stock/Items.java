package com.acme.stock;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;

/** A repository that Quarkus changes. */
@ApplicationScoped
public class Items implements PanacheRepositoryBase<Item, Integer> {}
