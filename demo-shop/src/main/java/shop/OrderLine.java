package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** One product of an order, at the price of that day. */
@Entity
@Table(name = "order_lines")
class OrderLine {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  @ManyToOne(fetch = FetchType.LAZY)
  private Order order;

  @ManyToOne(fetch = FetchType.LAZY)
  private Product product;

  private int quantity;
  private BigDecimal price;
  private String note = "";

  protected OrderLine() {}

  OrderLine(Order order, Product product, int quantity) {
    this.order = order;
    this.product = product;
    this.quantity = quantity;
    this.price = product.getPrice();
  }

  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }

  Product getProduct() {
    return product;
  }

  int getQuantity() {
    return quantity;
  }

  BigDecimal getPrice() {
    return price;
  }
}
