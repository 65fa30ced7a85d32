package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the header of every page shows: who is logged in, and where a login leads back to. */
@ControllerAdvice(annotations = Page.class)
class Header {

  @ModelAttribute
  void fill(HttpServletRequest request, Model model) {
    model.addAllAttributes(of(request));
  }

  static Map<String, Object> of(HttpServletRequest request) {
    Map<String, Object> header = new HashMap<>();
    header.put("account", Login.of(request));
    header.put("here", LocalPath.of(request));
    return header;
  }
}
