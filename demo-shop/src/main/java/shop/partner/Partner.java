package shop.partner;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Asks the partner. Every call blocks until it has answered. */
public interface Partner {

  /** What sending so many of a product costs. */
  @GetExchange("/shipping/{product}")
  BigDecimal shipping(@PathVariable long product, @RequestParam int quantity);

  /**
   * The same for many products at once, in their order.
   *
   * @param items product and quantity of each: {@code 7x2,9x1}
   */
  @GetExchange("/shipping")
  List<BigDecimal> shipping(@RequestParam String items);

  /** Products and their quantities become products and what sending them costs. */
  default Map<Long, BigDecimal> shipping(Map<Long, Integer> quantities) {
    if (quantities.isEmpty()) {
      return Map.of();
    }
    String items =
        quantities.entrySet().stream()
            .map(item -> item.getKey() + "x" + item.getValue())
            .collect(Collectors.joining(","));
    Iterator<BigDecimal> prices = shipping(items).iterator();
    Map<Long, BigDecimal> shipping = new LinkedHashMap<>();
    quantities.keySet().forEach(product -> shipping.put(product, prices.next()));
    return shipping;
  }

  /** Whether the customer is one to send goods to. */
  @GetExchange("/risk/{customer}")
  boolean trusts(@PathVariable long customer);

  /** Returns the partner's reference. */
  @PostExchange(url = "/payments", contentType = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
  String pay(@RequestParam long order, @RequestParam BigDecimal amount);
}
