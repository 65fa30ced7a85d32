package shop.data;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import shop.Catalogue.ProductView;

/** Something the shop sells. */
@Entity
@Table(name = "products")
public class Product {
  @Id private Long id;
  private String name;
  private String category;
  private String description;
  private BigDecimal price;
  private int stock;

  protected Product() {}

  public Long getId() {
    return id;
  }

  public String getName() {
    return name;
  }

  public String getCategory() {
    return category;
  }

  public String getDescription() {
    return description;
  }

  public BigDecimal getPrice() {
    return price;
  }

  public int getStock() {
    return stock;
  }

  public ProductView view() {
    return new ProductView(id, name, category, description, price, stock);
  }
}
