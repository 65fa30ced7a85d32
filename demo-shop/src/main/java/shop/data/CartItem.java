package shop.data;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** So many of a product in a customer's cart. */
@Entity
@Table(name = "cart_items")
public class CartItem {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private Long customerId;
  private Long productId;
  private int quantity;

  protected CartItem() {}

  public CartItem(Long customerId, Long productId) {
    this.customerId = customerId;
    this.productId = productId;
  }

  public void addQuantity(int more) {
    quantity = Math.addExact(quantity, more);
  }

  public Long getProductId() {
    return productId;
  }

  public int getQuantity() {
    return quantity;
  }
}
