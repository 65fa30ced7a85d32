package shop.web;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.Catalogue;

/** The catalogue as JSON. */
@RestController
@RequestMapping("/api/products")
class CatalogueController {
  private final Catalogue catalogue;

  CatalogueController(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GetMapping
  Catalogue.ProductPage browse(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "") String q) {
    return catalogue.browse(q, page);
  }

  @GetMapping("/{id}")
  Catalogue.ProductView product(@PathVariable long id) {
    return catalogue.product(id);
  }
}
