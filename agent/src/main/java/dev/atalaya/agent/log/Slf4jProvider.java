package dev.atalaya.agent.log;

import com.google.auto.service.AutoService;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** slf4j for the agent's own rooms and libraries: to stderr, through {@link Log}. */
@AutoService(SLF4JServiceProvider.class)
public final class Slf4jProvider implements SLF4JServiceProvider {
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();

  @Override
  public ILoggerFactory getLoggerFactory() {
    return StderrLogger::new;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class StderrLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1;
    private final boolean ours;

    StderrLogger(String name) {
      this.name = name;
      this.ours = name.startsWith("dev.atalaya.");
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return !ours && LibraryLog.enabled(false);
    }

    @Override
    public boolean isInfoEnabled() {
      return ours || LibraryLog.enabled(false);
    }

    @Override
    public boolean isWarnEnabled() {
      return ours || LibraryLog.enabled(false);
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, @Nullable Throwable error) {
      String line = MessageFormatter.basicArrayFormat(pattern, arguments);
      if (!ours) LibraryLog.write(name, line, error);
      else if (error != null) Log.warn(line, error);
      else if (level.toInt() >= Level.WARN.toInt()) Log.warn(line);
      else Log.info(line);
    }
  }
}
