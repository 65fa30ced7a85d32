package shop.data;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.LocalDate;
import shop.Catalogue.ReviewView;

/** What a customer says of a product. */
@Entity
@Table(name = "reviews")
public class Review {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Long id;

  private Long productId;

  /** A sin that JPA has as its default: whoever reads reviews by a query reads each author too. */
  @ManyToOne(fetch = FetchType.EAGER)
  private Customer customer;

  private int stars;
  private String text;
  private LocalDate writtenOn;

  protected Review() {}

  public Review(Long productId, Customer customer, int stars, String text, LocalDate writtenOn) {
    this.productId = productId;
    this.customer = customer;
    this.stars = stars;
    this.text = text;
    this.writtenOn = writtenOn;
  }

  public int getStars() {
    return stars;
  }

  public ReviewView view() {
    return new ReviewView(id, customer.getName(), stars, text, writtenOn);
  }
}
