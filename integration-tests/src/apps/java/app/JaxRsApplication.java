package app;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.ws.rs.core.Application;

/** The orders and what answers their exceptions. */
public final class JaxRsApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return new HashSet<>(
        Arrays.<Class<?>>asList(
            JaxRsOrders.class, JaxRsOrders.Refused.class, JaxRsOrders.Unavailable.class));
  }
}
