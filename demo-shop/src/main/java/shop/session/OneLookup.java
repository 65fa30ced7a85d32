package shop.session;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The session that a request has already looked up. Spring Session asks for it a second time when
 * the answer is under way, which would be a second trip to Redis.
 */
final class OneLookup {
  private OneLookup() {}

  static @Nullable SharedSession of(String id) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    return request == null
        ? null
        : (SharedSession) request.getAttribute(name(id), RequestAttributes.SCOPE_REQUEST);
  }

  /**
   * @param session null where the id is not to be remembered any more
   */
  static void remember(String id, @Nullable SharedSession session) {
    RequestAttributes request = RequestContextHolder.getRequestAttributes();
    if (request == null) {
      return;
    }
    if (session == null) {
      request.removeAttribute(name(id), RequestAttributes.SCOPE_REQUEST);
    } else {
      request.setAttribute(name(id), session, RequestAttributes.SCOPE_REQUEST);
    }
  }

  private static String name(String id) {
    return OneLookup.class.getName() + ":" + id;
  }
}
