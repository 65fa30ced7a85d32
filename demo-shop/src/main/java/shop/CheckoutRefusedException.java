package shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A checkout that the shop cannot carry out: an empty cart, or too little in stock. */
@ResponseStatus(HttpStatus.CONFLICT)
public class CheckoutRefusedException extends RuntimeException {
  public CheckoutRefusedException(String reason) {
    super(reason);
  }
}
