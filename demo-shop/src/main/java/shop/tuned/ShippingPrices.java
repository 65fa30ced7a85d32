package shop.tuned;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import shop.cache.Caches;
import shop.cache.TieredCache;
import shop.partner.Partner;
import tools.jackson.core.type.TypeReference;

/** What the partner asks for sending, remembered for a while; it is asked once for all the rest. */
@Component
@Profile("tuned")
class ShippingPrices {
  private final Partner partner;
  private final TieredCache<Parcel, BigDecimal> cache;

  record Parcel(long product, int quantity) {
    @Override
    public String toString() {
      return product + "x" + quantity;
    }
  }

  ShippingPrices(Partner partner, Caches caches) {
    this.partner = partner;
    this.cache =
        caches.create(
            "shipping",
            new TypeReference<BigDecimal>() {},
            20_000,
            Duration.ofMinutes(30),
            this::ask);
  }

  /** Of all items together. */
  BigDecimal sum(List<CartRow> items) {
    List<Parcel> parcels =
        items.stream().map(item -> new Parcel(item.product(), item.quantity())).toList();
    return cache.getAll(parcels).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A cart has a product once, and so have those of its parcels that are missing. */
  private Map<Parcel, BigDecimal> ask(Collection<Parcel> parcels) {
    Map<Long, Integer> quantities = new LinkedHashMap<>();
    parcels.forEach(parcel -> quantities.put(parcel.product(), parcel.quantity()));
    Map<Long, BigDecimal> answer = partner.shipping(quantities);
    Map<Parcel, BigDecimal> prices = new HashMap<>();
    parcels.forEach(parcel -> prices.put(parcel, answer.get(parcel.product())));
    return prices;
  }
}
