package com.acme.stock;

import org.springframework.data.repository.CrudRepository;

/** A repository whose class Quarkus generates. */
public interface Makers extends CrudRepository<Maker, Integer> {
  Maker findByName(String name);
}
