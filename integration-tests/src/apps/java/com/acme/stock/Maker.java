package com.acme.stock;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** Who made it: an entity that finds itself. */
@Entity
public class Maker extends PanacheEntityBase {
  @Id public int id;
  public String name;
}
