package shop.data;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Someone who buys. */
@Entity
@Table(name = "customers")
public class Customer {
  @Id private Long id;
  private String name;

  protected Customer() {}

  public Long getId() {
    return id;
  }

  public String getName() {
    return name;
  }
}
