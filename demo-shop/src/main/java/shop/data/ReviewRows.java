package shop.data;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** All reviews. */
public interface ReviewRows extends JpaRepository<Review, Long> {

  List<Review> findByProductIdOrderByIdDesc(Long productId);
}
