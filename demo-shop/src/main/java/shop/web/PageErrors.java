package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;
import shop.CheckoutRefusedException;
import shop.NotAnImageException;
import shop.NotFoundException;

/** What people see where the shop says no, or where it broke. */
@ControllerAdvice(annotations = Page.class)
class PageErrors implements ErrorViewResolver {

  @ExceptionHandler
  ModelAndView notFound(NotFoundException e, HttpServletRequest request) {
    return page(request, HttpStatus.NOT_FOUND, e.getMessage());
  }

  @ExceptionHandler
  ModelAndView refused(CheckoutRefusedException e, HttpServletRequest request) {
    return page(request, HttpStatus.CONFLICT, e.getMessage());
  }

  @ExceptionHandler
  ModelAndView notAnImage(NotAnImageException e, HttpServletRequest request) {
    return page(request, HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
  }

  @ExceptionHandler
  ModelAndView tooLarge(MaxUploadSizeExceededException e, HttpServletRequest request) {
    return page(request, HttpStatus.CONTENT_TOO_LARGE, ApiErrors.TOO_LARGE);
  }

  @ExceptionHandler
  ModelAndView makesNoSense(IllegalArgumentException e, HttpServletRequest request) {
    return page(request, HttpStatus.BAD_REQUEST, e.getMessage());
  }

  @ExceptionHandler
  Object notLoggedIn(NotLoggedInException e, HttpServletRequest request) {
    String next = UriUtils.encode(LocalPath.of(request), "UTF-8");
    return LocalPath.redirect("/login?next=" + next);
  }

  /** The container's errors: no such page, an exception that nobody handled. */
  @Override
  public ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    return page(request, status, null);
  }

  private static ModelAndView page(
      HttpServletRequest request, HttpStatus status, @Nullable String message) {
    Map<String, Object> model = new HashMap<>(Header.of(request));
    model.put("here", "/");
    model.put("code", status.value());
    model.put("heading", heading(status));
    model.put("message", message);
    return new ModelAndView("error", model, status);
  }

  private static String heading(HttpStatus status) {
    return switch (status) {
      case NOT_FOUND -> "We do not have that";
      case CONFLICT -> "That did not go through";
      case UNPROCESSABLE_CONTENT, CONTENT_TOO_LARGE -> "We cannot use that file";
      default -> status.is5xxServerError() ? "Something broke on our side" : "That did not work";
    };
  }
}
