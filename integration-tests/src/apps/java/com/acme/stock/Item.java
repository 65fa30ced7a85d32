package com.acme.stock;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;

/** What is in stock. */
@Entity
public class Item {
  @Id public int id;
  public String name;

  @ManyToOne(fetch = FetchType.LAZY)
  public Maker maker;
}
