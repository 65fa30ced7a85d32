package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import shop.Accounts.Account;

/** Login and logout as JSON. */
@RestController
@RequestMapping("/api")
class AccountController {
  private final Door door;

  AccountController(Door door) {
    this.door = door;
  }

  record Credentials(String email, String password) {
    Credentials {
      if (email == null || password == null) {
        throw new IllegalArgumentException("email and password are needed");
      }
    }
  }

  @PostMapping("/login")
  Account login(HttpServletRequest request, @RequestBody Credentials credentials) {
    return door.enter(request, credentials.email(), credentials.password())
        .orElseThrow(NotLoggedInException::new);
  }

  @PostMapping("/logout")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void logout(HttpServletRequest request) {
    Login.end(request);
  }

  @GetMapping("/account")
  Account account(Account account) {
    return account;
  }
}
