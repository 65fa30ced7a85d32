package shop.web;

import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import shop.errors.ErrorCatalogue;

/** The error catalogue as a page and as JSON. */
@Page
class ErrorPages {
  private final ErrorCatalogue catalogue;

  ErrorPages(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * @param forgotten errors that had to go for newer ones
   */
  record Report(long forgotten, List<ErrorCatalogue.Group> errors) {}

  @GetMapping("/errors")
  String page(Model model) {
    model.addAttribute("report", json());
    return "errors";
  }

  @GetMapping("/api/errors")
  @ResponseBody
  Report json() {
    return new Report(catalogue.forgotten(), catalogue.groups());
  }
}
