package shop.tuned;

import java.util.List;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;
import shop.data.CartItem;

/** Carts, each statement for a whole one. */
interface CartQueries extends Repository<CartItem, Long> {

  @Query(
      "select p.id, p.name, i.quantity, p.price from CartItem i join Product p on p.id = i.productId"
          + " where i.customerId = ?1 order by i.productId")
  List<CartRow> cart(Long customer);

  /** Throws a DataIntegrityViolationException where customer or product do not exist. */
  @Modifying
  @Transactional
  @Query(
      nativeQuery = true,
      value =
          """
          insert into cart_items (customer_id, product_id, quantity) values (?1, ?2, ?3)
          on conflict (customer_id, product_id)
          do update set quantity = cart_items.quantity + excluded.quantity
          """)
  void add(long customer, long product, int quantity);

  @Modifying
  @Transactional
  @Query("delete from CartItem i where i.customerId = ?1 and i.productId = ?2")
  void remove(Long customer, Long product);
}
