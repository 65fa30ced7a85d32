package shop;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** So many of a product in a customer's cart. */
@Entity
@Table(name = "cart_items")
class CartItem {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private Long customerId;
  private Long productId;
  private int quantity;

  protected CartItem() {}

  CartItem(Long customerId, Long productId) {
    this.customerId = customerId;
    this.productId = productId;
  }

  void addQuantity(int more) {
    quantity += more;
  }

  Long getProductId() {
    return productId;
  }

  int getQuantity() {
    return quantity;
  }
}
