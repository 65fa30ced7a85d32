package shop.tuned;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import shop.Catalogue;
import shop.Catalogue.ReviewView;
import shop.Images.ImageView;
import shop.Rating;
import shop.cache.Caches;
import shop.cache.Loader;
import shop.cache.TieredCache;
import shop.data.PictureRows;
import tools.jackson.core.type.TypeReference;

/** What customers add to a product, cached: reviews and pictures. */
@Component
@Profile("tuned")
class Contributions {
  private final ReviewQueries reviews;
  private final PictureRows pictures;
  private final TieredCache<Long, Contributed> cache;

  Contributions(Caches caches, ReviewQueries reviews, PictureRows pictures) {
    this.reviews = reviews;
    this.pictures = pictures;
    this.cache =
        caches.create(
            "contributed",
            new TypeReference<Contributed>() {},
            10_000,
            Duration.ofMinutes(30),
            Loader.of(this::load));
  }

  record Contributed(
      BigDecimal rating, long ratings, List<ReviewView> newest, List<ImageView> images) {}

  Contributed of(long product) {
    return cache.get(product).orElseThrow();
  }

  void changed(long product) {
    cache.invalidate(List.of(product));
  }

  private Contributed load(long product) {
    ReviewQueries.Stars stars = reviews.stars(product);
    return new Contributed(
        Rating.of(stars.getSum(), stars.getCount()),
        stars.getCount(),
        reviews.newest(product, Limit.of(Catalogue.REVIEWS)),
        pictures.ofProduct(product));
  }
}
