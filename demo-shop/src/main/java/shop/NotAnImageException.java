package shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** A file that is no picture, or too large a one. */
@ResponseStatus(HttpStatus.UNPROCESSABLE_CONTENT)
public class NotAnImageException extends RuntimeException {
  public NotAnImageException(String reason) {
    super(reason);
  }
}
