package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Login and logout as pages. */
@Page
class AccountPages {
  private final Door door;

  AccountPages(Door door) {
    this.door = door;
  }

  @GetMapping("/login")
  String form(@RequestParam(defaultValue = "/") String next, Model model) {
    model.addAttribute("next", LocalPath.safe(next));
    model.addAttribute("here", LocalPath.safe(next)); // the header's link must not lead back here
    return "login";
  }

  @PostMapping("/login")
  Object login(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "/") String next,
      Model model) {
    if (door.enter(request, email.strip(), password).isPresent()) {
      return LocalPath.redirect(next);
    }
    response.setStatus(HttpStatus.UNAUTHORIZED.value());
    model.addAttribute("email", email);
    model.addAttribute("wrong", true);
    return form(next, model);
  }

  @PostMapping("/logout")
  String logout(HttpServletRequest request) {
    Login.end(request);
    return "redirect:/";
  }
}
