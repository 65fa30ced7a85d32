package shop.web;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import shop.Accounts.Account;
import shop.Catalogue;
import shop.Images;
import shop.Recommendations;
import shop.Reviews;

/** The catalogue as JSON, with what customers add to it. */
@RestController
@RequestMapping("/api")
class CatalogueController {
  private final Catalogue catalogue;
  private final Recommendations recommendations;
  private final Reviews reviews;
  private final Images images;

  CatalogueController(
      Catalogue catalogue, Recommendations recommendations, Reviews reviews, Images images) {
    this.catalogue = catalogue;
    this.recommendations = recommendations;
    this.reviews = reviews;
    this.images = images;
  }

  record NewReview(int stars, String text) {
    NewReview {
      if (stars < 1 || stars > 5) {
        throw new IllegalArgumentException("stars must be 1 to 5");
      }
      if (text == null || text.isBlank() || text.length() > 2000) {
        throw new IllegalArgumentException("text must have 1 to 2000 characters");
      }
    }
  }

  @GetMapping("/categories")
  List<Catalogue.Category> categories() {
    return catalogue.categories();
  }

  @GetMapping("/products")
  Catalogue.ProductPage browse(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable BigDecimal min,
      @RequestParam(required = false) @Nullable BigDecimal max,
      @RequestParam(defaultValue = "id") String sort,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(required = false) @Nullable String after) {
    return catalogue.browse(Searches.of(q, category, min, max, sort, page, after));
  }

  @GetMapping("/products/{id}")
  Catalogue.ProductDetail product(@PathVariable long id) {
    return catalogue.product(id);
  }

  @GetMapping("/products/{id}/recommendations")
  List<Catalogue.ProductView> recommendations(@PathVariable long id) {
    return recommendations.boughtWith(id);
  }

  @PostMapping("/products/{id}/reviews")
  @ResponseStatus(HttpStatus.CREATED)
  Catalogue.ReviewView review(
      @PathVariable long id, Account account, @RequestBody NewReview review) {
    return reviews.add(id, account.customer(), review.stars(), review.text());
  }

  @PostMapping("/products/{id}/images")
  @ResponseStatus(HttpStatus.CREATED)
  Images.ImageView image(@PathVariable long id, Account account, @RequestParam MultipartFile file)
      throws java.io.IOException {
    return images.add(id, file.getBytes());
  }
}
