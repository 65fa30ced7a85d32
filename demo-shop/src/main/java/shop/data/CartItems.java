package shop.data;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** What lies in the customers' carts. */
public interface CartItems extends JpaRepository<CartItem, Long> {

  List<CartItem> findByCustomerIdOrderByProductId(Long customerId);

  Optional<CartItem> findByCustomerIdAndProductId(Long customerId, Long productId);
}
