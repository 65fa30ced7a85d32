package dev.atalaya.agent.trace;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to open one more connection to a datasource.
 *
 * <p>It holds a password, so it is kept only where plans are asked for, and nothing of it is ever
 * shown: neither its parts nor the text of an exception that {@link #connect} throws. It keeps no
 * class loader of the application: the driver is held weakly, and of the properties only strings.
 */
public final class Access {
  private final WeakReference<Driver> driver;
  private final String url;
  private final Properties properties = new Properties();

  Access(Driver driver, String url, @Nullable Properties given) {
    this.driver = new WeakReference<>(driver);
    this.url = url;
    if (given == null) return;
    for (String name : given.stringPropertyNames()) {
      String value = given.getProperty(name);
      if (value != null) properties.setProperty(name, value);
    }
  }

  /**
   * Opens a connection that is the caller's; null where the driver is gone or does not want to.
   *
   * @param more properties that go before the application's own
   */
  public @Nullable Connection connect(Properties more) throws SQLException {
    Driver alive = driver.get();
    if (alive == null) return null;
    Properties all = new Properties();
    all.putAll(properties);
    all.putAll(more);
    return alive.connect(url, all);
  }

  /** Whether the application sets that option, named in upper case, in whatever case. */
  public boolean sets(String option) {
    if (url.toUpperCase(Locale.ROOT).contains(option + "=")) return true;
    for (String name : properties.stringPropertyNames()) {
      if (name.equalsIgnoreCase(option)) return true;
    }
    return false;
  }
}
