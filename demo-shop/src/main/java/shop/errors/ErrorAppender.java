package shop.errors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.lang.ref.WeakReference;
import java.util.Map;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Hears of every exception that is logged as a warning or an error: those that the container found,
 * and those of threads that no request waits for.
 */
@Component
final class ErrorAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final ErrorCatalogue catalogue;

  /** On its way out an exception may be logged twice; it is one error. */
  private final ThreadLocal<WeakReference<Throwable>> last = new ThreadLocal<>();

  ErrorAppender(ErrorCatalogue catalogue) {
    this.catalogue = catalogue;
    setName("errors");
  }

  @PostConstruct
  void attach() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      setContext(context);
      start();
      root(context).addAppender(this);
    }
  }

  @PreDestroy
  void detach() {
    if (getContext() instanceof LoggerContext context) {
      root(context).detachAppender(this);
      stop();
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.WARN)
        && event.getThrowableProxy() instanceof ThrowableProxy proxy
        && isNew(proxy.getThrowable())) {
      Map<String, String> context = event.getMDCPropertyMap();
      String entry = entry(context, event.getThreadName());
      String trace = context.getOrDefault("trace_id", "");
      catalogue.add(new Sighting(proxy.getThrowable(), event.getInstant(), entry, trace));
    }
  }

  private boolean isNew(Throwable thrown) {
    Throwable root = Failure.root(thrown);
    WeakReference<Throwable> before = last.get();
    last.set(new WeakReference<>(root));
    return before == null || before.get() != root;
  }

  private static String entry(Map<String, String> context, String thread) {
    String route = context.get("http.route");
    return route == null ? thread : context.get("http.request.method") + " " + route;
  }

  private static Logger root(LoggerContext context) {
    return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
