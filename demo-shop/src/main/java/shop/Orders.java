package shop;

import java.util.List;
import org.springframework.data.domain.Pageable;
import org.springframework.data.jpa.repository.JpaRepository;

/** All orders, the newest first. */
interface Orders extends JpaRepository<Order, Long> {

  List<Order> findAllByOrderByIdDesc(Pageable page);

  List<Order> findByCustomerIdOrderByIdDesc(Long customerId, Pageable page);
}
