package shop.data;

import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;

/** All products. */
public interface Products extends JpaRepository<Product, Long> {
  /** Words anywhere in name and description; an empty category is any. */
  String MATCHES =
      "from Product p where locate(lower(?1), lower(concat(p.name, ' ', p.description))) > 0"
          + " and (?2 = '' or p.category = ?2)";

  @Query("select p " + MATCHES + " order by p.id")
  Page<Product> searchById(String text, String category, Pageable page);

  @Query("select p " + MATCHES + " order by p.price, p.id")
  Page<Product> searchByPrice(String text, String category, Pageable page);

  @Query("select p " + MATCHES + " order by p.id")
  List<Product> searchAll(String text, String category);

  @Query("select distinct p.category from Product p order by p.category")
  List<String> findCategories();

  long countByCategory(String category);

  List<Product> findByStockLessThanOrderById(int stock);

  /** Takes from the stock and returns 1, or 0 where too little is left. */
  @Modifying
  @Query("update Product p set p.stock = p.stock - ?2 where p.id = ?1 and p.stock >= ?2")
  int takeFromStock(Long id, int quantity);
}
