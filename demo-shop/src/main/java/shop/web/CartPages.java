package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.RequestContextUtils;
import shop.Accounts.Account;
import shop.Carts;
import shop.Checkout.Receipt;

/** The cart of who is logged in, and the way to the till. */
@Page
class CartPages {
  private final Carts carts;
  private final Till till;

  CartPages(Carts carts, Till till) {
    this.carts = carts;
    this.till = till;
  }

  @GetMapping("/cart")
  String cart(Account account, Model model) {
    model.addAttribute("cart", carts.cart(account.customer()));
    return "cart";
  }

  @PostMapping("/cart")
  String add(
      Account account, @RequestParam long product, @RequestParam(defaultValue = "1") int quantity) {
    CartController.NewItem item = new CartController.NewItem(product, quantity);
    carts.add(account.customer(), item.product(), item.quantity());
    return "redirect:/cart";
  }

  @PostMapping("/cart/quantity")
  String change(Account account, @RequestParam long product, @RequestParam int quantity) {
    CartController.NewItem item = new CartController.NewItem(product, quantity);
    carts.remove(account.customer(), item.product());
    carts.add(account.customer(), item.product(), item.quantity());
    return "redirect:/cart";
  }

  @PostMapping("/cart/remove")
  String remove(Account account, @RequestParam long product) {
    carts.remove(account.customer(), product);
    return "redirect:/cart";
  }

  @PostMapping("/checkout")
  String checkout(Account account, RedirectAttributes redirect) {
    Receipt receipt = till.checkout(account);
    // Plain types: they wait in the session, which may lie in Redis.
    redirect.addFlashAttribute("order", receipt.order());
    redirect.addFlashAttribute("total", receipt.total());
    redirect.addFlashAttribute("payment", receipt.payment());
    return "redirect:/checkout/" + receipt.order();
  }

  /** Shown once; who comes again sees the order. */
  @GetMapping("/checkout/{order}")
  String receipt(Account account, @PathVariable long order, HttpServletRequest request) {
    return RequestContextUtils.getInputFlashMap(request) == null
        ? "redirect:/orders/" + order
        : "receipt";
  }
}
