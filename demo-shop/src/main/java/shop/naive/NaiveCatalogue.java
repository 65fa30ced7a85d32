package shop.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.Catalogue;
import shop.NotFoundException;
import shop.Rating;
import shop.data.PictureRows;
import shop.data.Product;
import shop.data.Products;
import shop.data.Review;
import shop.data.ReviewRows;

/** Browsing: pages of products with today's prices and stock, which live in Redis. */
@Service
@Profile("naive")
class NaiveCatalogue implements Catalogue {
  private final Products products;
  private final ReviewRows reviews;
  private final PictureRows pictures;
  private final StringRedisTemplate redis;

  NaiveCatalogue(
      Products products, ReviewRows reviews, PictureRows pictures, StringRedisTemplate redis) {
    this.products = products;
    this.reviews = reviews;
    this.pictures = pictures;
    this.redis = redis;
  }

  /** Sin: a count per category, each of them a scan of all products. */
  @Override
  public List<Category> categories() {
    List<Category> categories = new ArrayList<>();
    for (String name : products.findCategories()) {
      categories.add(new Category(name, products.countByCategory(name)));
    }
    return categories;
  }

  /**
   * Sins: OFFSET reads and throws away all pages before; a count at every page; and where prices
   * are filtered, all that has the words is read and most of it is left out here.
   */
  @Override
  public ProductPage browse(Search search) {
    return search.min() == null && search.max() == null ? oneOf(search) : filtered(search);
  }

  private ProductPage oneOf(Search search) {
    PageRequest page = PageRequest.of(search.page(), PAGE_SIZE);
    String category = search.category() == null ? "" : search.category();
    Page<Product> found =
        search.sort() == Sort.PRICE
            ? products.searchByPrice(search.text(), category, page)
            : products.searchById(search.text(), category, page);
    return page(search, found.getContent(), found.getTotalPages(), found.getTotalElements());
  }

  private ProductPage filtered(Search search) {
    String category = search.category() == null ? "" : search.category();
    List<Product> all = new ArrayList<>();
    for (Product product : products.searchAll(search.text(), category)) {
      if (between(search.min(), product.getPrice(), search.max())) {
        all.add(product);
      }
    }
    if (search.sort() == Sort.PRICE) {
      all.sort(Comparator.comparing(Product::getPrice).thenComparing(Product::getId));
    }
    int from = Math.min(all.size(), search.page() * PAGE_SIZE);
    List<Product> found = all.subList(from, Math.min(all.size(), from + PAGE_SIZE));
    return page(search, found, (all.size() + PAGE_SIZE - 1) / PAGE_SIZE, all.size());
  }

  private static boolean between(
      @Nullable BigDecimal min, BigDecimal price, @Nullable BigDecimal max) {
    return (min == null || price.compareTo(min) >= 0) && (max == null || price.compareTo(max) <= 0);
  }

  private ProductPage page(Search search, List<Product> found, int pages, long total) {
    List<ProductView> views = new ArrayList<>();
    for (Product product : found) {
      views.add(view(product));
    }
    return ProductPage.of(search, pages, total, views);
  }

  /**
   * Sins: all reviews of the product are read for ten and an average, each with its EAGER customer;
   * and without an index by product, that is found by reading the reviews of all products.
   */
  @Override
  @Transactional(readOnly = true)
  public ProductDetail product(long id) {
    ProductView product = view(find(id));
    List<ReviewView> newest = new ArrayList<>();
    long stars = 0;
    List<Review> all = reviews.findByProductIdOrderByIdDesc(id);
    for (Review review : all) {
      stars += review.getStars();
      if (newest.size() < REVIEWS) {
        newest.add(review.view());
      }
    }
    return new ProductDetail(
        product, Rating.of(stars, all.size()), all.size(), newest, pictures.ofProduct(id));
  }

  @Override
  public Availability availability(long id) {
    String stock = redis.opsForValue().get("stock:" + id);
    return new Availability(id, stock == null ? find(id).getStock() : Integer.parseInt(stock));
  }

  private Product find(long id) {
    return products.findById(id).orElseThrow(() -> new NotFoundException("product", id));
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
