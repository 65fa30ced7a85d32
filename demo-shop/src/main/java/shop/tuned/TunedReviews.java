package shop.tuned;

import java.time.Clock;
import java.time.LocalDate;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import shop.Catalogue.ReviewView;
import shop.NotFoundException;
import shop.Reviews;
import shop.data.Customer;
import shop.data.Customers;
import shop.data.Review;
import shop.data.ReviewRows;

/** What customers say of products. */
@Service
@Profile("tuned")
class TunedReviews implements Reviews {
  private final ReviewRows reviews;
  private final ProductViews products;
  private final Contributions contributions;
  private final Customers customers;
  private final TransactionOperations transactions;
  private final Clock clock;

  TunedReviews(
      ReviewRows reviews,
      ProductViews products,
      Contributions contributions,
      Customers customers,
      TransactionOperations transactions,
      Clock clock) {
    this.reviews = reviews;
    this.products = products;
    this.contributions = contributions;
    this.customers = customers;
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public ReviewView add(long product, long customer, int stars, String text) {
    products.get(product); // throws where there is none
    return transactions.execute(
        transaction -> {
          Customer author =
              customers
                  .findById(customer)
                  .orElseThrow(() -> new NotFoundException("customer", customer));
          Review review = new Review(product, author, stars, text, LocalDate.now(clock));
          contributions.changed(product);
          return reviews.save(review).view();
        });
  }
}
