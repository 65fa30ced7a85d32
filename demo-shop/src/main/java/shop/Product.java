package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** Something the shop sells. */
@Entity
@Table(name = "products")
class Product {
  @Id private Long id;
  private String name;
  private String category;
  private String description;
  private BigDecimal price;
  private int stock;

  protected Product() {}

  Long getId() {
    return id;
  }

  String getName() {
    return name;
  }

  String getCategory() {
    return category;
  }

  String getDescription() {
    return description;
  }

  BigDecimal getPrice() {
    return price;
  }

  int getStock() {
    return stock;
  }
}
