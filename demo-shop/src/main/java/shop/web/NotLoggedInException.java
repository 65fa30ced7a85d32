package shop.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Nobody is logged in, or the password was wrong. */
@ResponseStatus(HttpStatus.UNAUTHORIZED)
class NotLoggedInException extends RuntimeException {
  NotLoggedInException() {
    super("Log in with a customer's email and password.");
  }
}
