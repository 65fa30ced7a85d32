package shop;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All products. */
interface Products extends JpaRepository<Product, Long> {

  Page<Product> findByNameContainingIgnoreCaseOrderById(String text, Pageable page);

  List<Product> findByStockLessThanOrderById(int stock);

  /** Takes from the stock and returns 1, or 0 where too little is left. */
  @Modifying
  @Query("update Product p set p.stock = p.stock - ?2 where p.id = ?1 and p.stock >= ?2")
  int takeFromStock(Long id, int quantity);
}
