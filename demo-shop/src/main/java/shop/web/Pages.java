package shop.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shop.CartService;
import shop.Catalogue;
import shop.CheckoutService;
import shop.OrderService;

/** The shop's pages for people. Nobody logs in: the visitor is customer 1 unless told otherwise. */
@Controller
class Pages {
  private final Catalogue catalogue;
  private final CartService carts;
  private final CheckoutService checkout;
  private final OrderService orders;

  Pages(Catalogue catalogue, CartService carts, CheckoutService checkout, OrderService orders) {
    this.catalogue = catalogue;
    this.carts = carts;
    this.checkout = checkout;
    this.orders = orders;
  }

  @GetMapping("/")
  String catalogue(
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = "") String q,
      Model model) {
    model.addAttribute("q", q);
    model.addAttribute("found", catalogue.browse(q, page));
    return "catalogue";
  }

  @GetMapping("/products/{id}")
  String product(@PathVariable long id, Model model) {
    model.addAttribute("product", catalogue.product(id));
    return "product";
  }

  @GetMapping("/cart")
  String cart(@RequestParam(defaultValue = "1") long customer, Model model) {
    model.addAttribute("cart", carts.cart(customer));
    return "cart";
  }

  @PostMapping("/cart")
  String add(
      @RequestParam(defaultValue = "1") long customer,
      @RequestParam long product,
      @RequestParam(defaultValue = "1") int quantity) {
    carts.add(customer, product, Math.max(1, quantity));
    return "redirect:/cart?customer=" + customer;
  }

  @PostMapping("/checkout")
  String checkout(@RequestParam(defaultValue = "1") long customer) {
    checkout.checkout(customer);
    return "redirect:/orders?customer=" + customer;
  }

  @GetMapping("/orders")
  String orders(
      @RequestParam(required = false) @Nullable Long customer,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    model.addAttribute("customer", customer);
    model.addAttribute("orders", orders.list(customer, page));
    return "orders";
  }
}
