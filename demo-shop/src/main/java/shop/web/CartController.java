package shop.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.CartService;
import shop.CheckoutService;

/** Cart and checkout as JSON. */
@RestController
@RequestMapping("/api")
class CartController {
  private final CartService carts;
  private final CheckoutService checkout;

  CartController(CartService carts, CheckoutService checkout) {
    this.carts = carts;
    this.checkout = checkout;
  }

  record NewItem(long product, int quantity) {
    NewItem {
      if (quantity < 1) {
        throw new IllegalArgumentException("quantity must be at least 1");
      }
    }
  }

  @GetMapping("/cart/{customer}")
  CartService.CartView cart(@PathVariable long customer) {
    return carts.cart(customer);
  }

  @PostMapping("/cart/{customer}/items")
  @ResponseStatus(HttpStatus.CREATED)
  CartService.CartView add(@PathVariable long customer, @RequestBody NewItem item) {
    carts.add(customer, item.product(), item.quantity());
    return carts.cart(customer);
  }

  @PostMapping("/checkout/{customer}")
  @ResponseStatus(HttpStatus.CREATED)
  CheckoutService.Receipt checkout(@PathVariable long customer) {
    return checkout.checkout(customer);
  }
}
