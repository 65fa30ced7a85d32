package shop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;

/** Browsing: pages of products with today's prices and stock, which live in Redis. */
@Service
public class Catalogue {
  private static final int PAGE_SIZE = 24;

  private final Products products;
  private final StringRedisTemplate redis;

  Catalogue(Products products, StringRedisTemplate redis) {
    this.products = products;
    this.redis = redis;
  }

  public record ProductPage(int page, int pages, long total, List<ProductView> products) {}

  public record ProductView(
      long id, String name, String category, String description, BigDecimal price, int stock) {}

  public record Availability(long product, int stock) {}

  public ProductPage browse(String text, int page) {
    Page<Product> found =
        products.findByNameContainingIgnoreCaseOrderById(
            text, PageRequest.of(Math.max(0, page), PAGE_SIZE));
    List<ProductView> views = new ArrayList<>();
    for (Product product : found) {
      views.add(view(product));
    }
    return new ProductPage(page, found.getTotalPages(), found.getTotalElements(), views);
  }

  public ProductView product(long id) {
    return view(products.findById(id).orElseThrow(() -> new NotFoundException("product", id)));
  }

  public Availability availability(long id) {
    String stock = redis.opsForValue().get("stock:" + id);
    if (stock == null) {
      throw new NotFoundException("product", id);
    }
    return new Availability(id, Integer.parseInt(stock));
  }

  /** Sin: two GETs a product, where one MGET would serve the page. */
  private ProductView view(Product product) {
    String price = redis.opsForValue().get("price:" + product.getId());
    String stock = redis.opsForValue().get("stock:" + product.getId());
    return new ProductView(
        product.getId(),
        product.getName(),
        product.getCategory(),
        product.getDescription(),
        price == null ? product.getPrice() : new BigDecimal(price),
        stock == null ? product.getStock() : Integer.parseInt(stock));
  }
}
