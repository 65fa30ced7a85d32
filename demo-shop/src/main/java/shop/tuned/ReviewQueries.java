package shop.tuned;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import shop.Catalogue.ReviewView;
import shop.data.Review;

/** Reviews as a product's page shows them, where the entity would bring each author by a query. */
interface ReviewQueries extends Repository<Review, Long> {

  interface Stars {
    long getSum();

    long getCount();
  }

  @Query(
      "select coalesce(sum(r.stars), 0) as sum, count(*) as count"
          + " from Review r where r.productId = ?1")
  Stars stars(Long product);

  @Query(
      "select r.id, c.name, r.stars, r.text, r.writtenOn"
          + " from Review r join r.customer c where r.productId = ?1 order by r.id desc")
  List<ReviewView> newest(Long product, Limit limit);
}
