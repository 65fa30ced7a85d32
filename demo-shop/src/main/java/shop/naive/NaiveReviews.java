package shop.naive;

import java.time.Clock;
import java.time.LocalDate;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.Catalogue.ReviewView;
import shop.NotFoundException;
import shop.Reviews;
import shop.data.Customer;
import shop.data.Customers;
import shop.data.Products;
import shop.data.Review;
import shop.data.ReviewRows;

/** What customers say of products. */
@Service
@Profile("naive")
class NaiveReviews implements Reviews {
  private final ReviewRows reviews;
  private final Products products;
  private final Customers customers;
  private final Clock clock;

  NaiveReviews(ReviewRows reviews, Products products, Customers customers, Clock clock) {
    this.reviews = reviews;
    this.products = products;
    this.customers = customers;
    this.clock = clock;
  }

  @Override
  @Transactional
  public ReviewView add(long product, long customer, int stars, String text) {
    if (!products.existsById(product)) {
      throw new NotFoundException("product", product);
    }
    Customer author =
        customers.findById(customer).orElseThrow(() -> new NotFoundException("customer", customer));
    Review review = new Review(product, author, stars, text, LocalDate.now(clock));
    return reviews.save(review).view();
  }
}
