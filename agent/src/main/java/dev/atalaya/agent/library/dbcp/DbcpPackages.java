package dev.atalaya.agent.library.dbcp;

import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.PASSES_ON;
import static dev.atalaya.agent.catalogue.Trait.POOL;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Commons DBCP, also Tomcat's copy of it, and its pool of objects. */
@AutoService(LibraryPackages.class)
public final class DbcpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(POOL).in("org.apache.commons.dbcp", "org.apache.commons.pool");
    known.such(POOL, PASSES_ON).in("org.apache.commons.dbcp2.");
    known.such(POOL, OWN_TASKS).in("org.apache.tomcat.dbcp.");
  }
}
