package shop;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import shop.data.Product;
import shop.data.Products;

/** Tells the buyers, every ten seconds, what runs out. */
@Component
class StockReport {
  private static final Logger log = LoggerFactory.getLogger(StockReport.class);
  private static final int FEW = 20;

  private final Products products;
  private final StringRedisTemplate redis;

  StockReport(Products products, StringRedisTemplate redis) {
    this.products = products;
    this.redis = redis;
  }

  @Scheduled(initialDelay = 10_000, fixedRate = 10_000)
  void write() {
    List<Product> low = products.findByStockLessThanOrderById(FEW);
    try {
      redis.opsForValue().set("report:low-stock", Integer.toString(low.size()));
    } catch (DataAccessException away) {
      log.info("The stock report waits for Redis: {}", away.getMessage());
    }
  }
}
