package shop.data;

import java.util.List;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

/** All orders, the newest first. */
public interface Orders extends JpaRepository<Order, Long> {

  List<Order> findAllByOrderByIdDesc(Pageable page);

  List<Order> findByCustomerIdOrderByPlacedOnDescIdDesc(Long customerId, Pageable page);
}
