package shop.data;

import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;

/** All customers. */
public interface Customers extends JpaRepository<Customer, Long> {

  /** Locks the customer until the transaction ends: a cart changes by one request at a time. */
  @Lock(LockModeType.PESSIMISTIC_WRITE)
  Optional<Customer> findLockedById(Long id);
}
