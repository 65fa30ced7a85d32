package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Someone who buys. */
@Entity
@Table(name = "customers")
class Customer {
  @Id private Long id;
  private String name;
  private String city;

  protected Customer() {}

  Long getId() {
    return id;
  }

  String getName() {
    return name;
  }

  String getCity() {
    return city;
  }
}
