package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Hibernate shows it each statement on the way to the driver; it notes where that is. */
public final class StatementSites implements StatementInspector {
  private final List<CallSite> seen = new ArrayList<>();

  @Override
  public String inspect(String sql) {
    seen.add(CallSites.here(Application.BY_NAME.roles, Open.get().loading));
    return sql;
  }

  /** The sites of the statements since it was last asked. */
  public List<CallSite> taken() {
    List<CallSite> taken = new ArrayList<>(seen);
    seen.clear();
    return taken;
  }

  /** Whether this thread is loading something. */
  public static boolean isLoading() {
    return Open.get().loading != null;
  }
}
