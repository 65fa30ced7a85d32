package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.view.RedirectView;

/** Addresses to come back to after a login: of this shop's pages, never of anybody else's. */
final class LocalPath {
  private static final String HOME = "/";

  /**
   * One slash and no second, which would begin a host; no backslash, which browsers take for a
   * slash; no blanks and controls, which they leave out.
   */
  private static final Pattern SAFE = Pattern.compile("/([!-.0-\\[\\]-~][!-\\[\\]-~]*)?");

  private LocalPath() {}

  /** The path if it is a local one, else the home page. */
  static String safe(@Nullable String next) {
    return next != null && SAFE.matcher(next).matches() ? next : HOME;
  }

  /** The page that a request is for, or that its form was sent from. */
  static String of(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        ? safe(path(request.getRequestURI(), request.getQueryString()))
        : sentFrom(request);
  }

  static RedirectView redirect(String next) {
    RedirectView view = new RedirectView(safe(next));
    view.setExpandUriTemplateVariables(false);
    view.setExposeModelAttributes(false);
    return view;
  }

  private static String sentFrom(HttpServletRequest request) {
    String referer = request.getHeader("Referer");
    try {
      URI from = URI.create(referer == null ? "" : referer);
      String authority = from.getRawAuthority();
      boolean ours = authority != null && authority.equals(request.getHeader("Host"));
      return ours ? safe(path(from.getRawPath(), from.getRawQuery())) : HOME;
    } catch (IllegalArgumentException notAnAddress) {
      return HOME;
    }
  }

  private static String path(String path, @Nullable String query) {
    return query == null ? path : path + "?" + query;
  }
}
