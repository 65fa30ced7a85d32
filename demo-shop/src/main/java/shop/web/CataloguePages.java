package shop.web;

import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import shop.Accounts.Account;
import shop.Catalogue;
import shop.Images;
import shop.NotAnImageException;
import shop.Recommendations;
import shop.Reviews;

/** The catalogue, a product, and the forms by which customers add to it. */
@Page
class CataloguePages {
  private final Catalogue catalogue;
  private final Recommendations recommendations;
  private final Reviews reviews;
  private final Images images;

  CataloguePages(
      Catalogue catalogue, Recommendations recommendations, Reviews reviews, Images images) {
    this.catalogue = catalogue;
    this.recommendations = recommendations;
    this.reviews = reviews;
    this.images = images;
  }

  @GetMapping("/")
  String catalogue(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable BigDecimal min,
      @RequestParam(required = false) @Nullable BigDecimal max,
      @RequestParam(defaultValue = "id") String sort,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    Catalogue.Search search = Searches.of(q, category, min, max, sort, page, after);
    model.addAttribute("chosen", new Browsing(q, category, min, max, sort, search.page()));
    model.addAttribute("categories", catalogue.categories());
    model.addAttribute("found", catalogue.browse(search));
    return "catalogue";
  }

  @GetMapping("/products/{id}")
  String product(@PathVariable long id, Model model) {
    model.addAttribute("detail", catalogue.product(id));
    model.addAttribute("others", recommendations.boughtWith(id));
    return "product";
  }

  @PostMapping("/products/{id}/reviews")
  String review(
      @PathVariable long id, Account account, @RequestParam int stars, @RequestParam String text) {
    CatalogueController.NewReview review = new CatalogueController.NewReview(stars, text);
    reviews.add(id, account.customer(), review.stars(), review.text());
    return "redirect:/products/" + id + "#reviews";
  }

  @PostMapping("/products/{id}/images")
  String picture(@PathVariable long id, Account account, @RequestParam MultipartFile file)
      throws IOException {
    if (file.isEmpty()) {
      throw new NotAnImageException("No file was chosen.");
    }
    images.add(id, file.getBytes());
    return "redirect:/products/" + id;
  }
}
