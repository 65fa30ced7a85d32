package shop.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.Accounts.Account;
import shop.Carts;
import shop.Checkout;

/** The cart and checkout of who is logged in, as JSON. */
@RestController
@RequestMapping("/api")
class CartController {
  private final Carts carts;
  private final Till till;

  CartController(Carts carts, Till till) {
    this.carts = carts;
    this.till = till;
  }

  record NewItem(long product, int quantity) {
    NewItem {
      if (quantity < 1 || quantity > 1_000_000) {
        throw new IllegalArgumentException("quantity must be 1 to 1000000");
      }
    }
  }

  @GetMapping("/cart")
  Carts.CartView cart(Account account) {
    return carts.cart(account.customer());
  }

  @PostMapping("/cart/items")
  @ResponseStatus(HttpStatus.CREATED)
  Carts.CartView add(Account account, @RequestBody NewItem item) {
    carts.add(account.customer(), item.product(), item.quantity());
    return carts.cart(account.customer());
  }

  @DeleteMapping("/cart/items/{product}")
  Carts.CartView remove(Account account, @PathVariable long product) {
    carts.remove(account.customer(), product);
    return carts.cart(account.customer());
  }

  @PostMapping("/checkout")
  @ResponseStatus(HttpStatus.CREATED)
  Checkout.Receipt checkout(Account account) {
    return till.checkout(account);
  }
}
