package shop.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import shop.Accounts.Account;

/** Who is logged in, from the session: an argument of the methods that need it. */
@Component
final class Login implements HandlerMethodArgumentResolver, WebMvcConfigurer {
  private static final String ATTRIBUTE = "account";

  static void begin(HttpServletRequest request, Account account) {
    end(request); // a session that somebody else may know is not the one to log in with
    request.getSession(true).setAttribute(ATTRIBUTE, account);
  }

  static void end(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }

  static @Nullable Account of(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (Account) session.getAttribute(ATTRIBUTE);
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(this);
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Account.class;
  }

  @Override
  public Account resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Account account = of(request.getNativeRequest(HttpServletRequest.class));
    if (account == null) {
      throw new NotLoggedInException();
    }
    return account;
  }
}
