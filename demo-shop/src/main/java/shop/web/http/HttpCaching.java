package shop.web.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Tells caches what they may keep, and answers 304 to who has it already.
 *
 * <p>Nothing may be kept until an answer turned out well: an error has no other header than {@code
 * no-store}. An answer that may be kept is held back until its tag is known. Tomcat compresses
 * nothing that has a strong tag, since it would send other bytes under the same tag; so these are
 * compressed here, where the tag can say so. What has no tag is left to Tomcat.
 */
@Component
@Profile("tuned")
final class HttpCaching extends OncePerRequestFilter {
  private final String database;

  HttpCaching(JdbcTemplate jdbc) {
    database =
        jdbc.queryForObject(
            "select min(installed_on)::text from flyway_schema_history", String.class);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, CachePolicy.NOTHING.header);
    boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    String path = request.getRequestURI();
    CachePolicy policy = read ? CachePolicy.of(path) : CachePolicy.NOTHING;
    if (policy == CachePolicy.NOTHING) {
      chain.doFilter(request, response);
      return;
    }
    // A picture's tag needs no look at the picture.
    String known = path.startsWith("/images/") ? ETags.ofPath(database, path) : null;
    if (known != null && isKnown(request, known)) {
      describe(response, policy, null);
      response.setHeader(HttpHeaders.ETAG, known);
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
    chain.doFilter(new AsGet(request), held);
    switch (held.getStatus()) {
      case HttpServletResponse.SC_OK -> send(request, response, policy, known, held);
      case HttpServletResponse.SC_NOT_MODIFIED -> describe(response, policy, held.getContentType());
      default -> held.copyBodyToResponse();
    }
  }

  private static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      CachePolicy policy,
      @Nullable String known,
      ContentCachingResponseWrapper held)
      throws IOException {
    byte[] body = held.getContentAsByteArray();
    describe(response, policy, held.getContentType());
    boolean gzip =
        Gzip.helps(held.getContentType()) && Gzip.helps(body) && Gzip.isAccepted(request);
    String tag = known != null ? known : ETags.of(body, gzip ? "gzip" : "");
    response.setHeader(HttpHeaders.ETAG, tag);
    if (isKnown(request, tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    if (gzip) {
      body = Gzip.compress(body);
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body); // not for HEAD: Tomcat sees to that
  }

  /** What a 304 says as well. */
  private static void describe(
      HttpServletResponse response, CachePolicy policy, @Nullable String contentType) {
    response.setHeader(HttpHeaders.CACHE_CONTROL, policy.header);
    if (policy == CachePolicy.PAGE) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
    }
    if (Gzip.helps(contentType)) {
      response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    }
  }

  /** A HEAD has the headers of the GET, so the body has to be there to be measured. */
  private static final class AsGet extends HttpServletRequestWrapper {
    AsGet(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }
  }

  private static boolean isKnown(HttpServletRequest request, String tag) {
    // Without a response it only compares.
    return new ServletWebRequest(request).checkNotModified(tag);
  }
}
