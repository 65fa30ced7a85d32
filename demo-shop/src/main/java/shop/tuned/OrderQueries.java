package shop.tuned;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import shop.data.Order;

/**
 * Orders with all that is shown of them. Pages are found by ids alone, in an index: LIMIT would
 * count lines where it is to count orders.
 */
interface OrderQueries extends Repository<Order, Long> {

  @EntityGraph(attributePaths = {"customer", "lines.product"})
  Optional<Order> findWithLinesById(Long id);

  @Query("select o.id from Order o where o.customer.id = ?1 order by o.id desc")
  List<Long> idsOfCustomer(Long customer, Pageable page);

  @Query("select o.id from Order o order by o.id desc")
  List<Long> newestIds(Pageable page);

  @Query(
      "select o from Order o join fetch o.customer"
          + " left join fetch o.lines l left join fetch l.product"
          + " where o.id in ?1 order by o.id desc")
  List<Order> findWithLines(List<Long> ids);
}
