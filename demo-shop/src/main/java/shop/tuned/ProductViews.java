package shop.tuned;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import shop.Catalogue.ProductView;
import shop.NotFoundException;
import shop.cache.Caches;
import shop.cache.TieredCache;
import tools.jackson.core.type.TypeReference;

/** Products with what is left of them, cached: whoever takes from stock has to say so. */
@Component
@Profile("tuned")
class ProductViews {
  private final TieredCache<Long, ProductView> cache;

  ProductViews(Caches caches, ProductQueries products) {
    this.cache =
        caches.create(
            "product",
            new TypeReference<ProductView>() {},
            50_000,
            Duration.ofMinutes(30),
            ids ->
                products.findByIdIn(ids).stream()
                    .collect(Collectors.toMap(ProductView::id, view -> view)));
  }

  /** Throws {@link NotFoundException}. */
  ProductView get(long id) {
    return cache.get(id).orElseThrow(() -> new NotFoundException("product", id));
  }

  /** In the order of the ids. */
  List<ProductView> all(Collection<Long> ids) {
    return List.copyOf(cache.getAll(ids).values());
  }

  void changed(Collection<Long> ids) {
    cache.invalidate(ids);
  }
}
