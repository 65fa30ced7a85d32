package dev.atalaya.agent.library.tomcatjdbc;

import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.POOL;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Tomcat's JDBC pool. */
@AutoService(LibraryPackages.class)
public final class TomcatJdbcPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(POOL, OWN_TASKS).in("org.apache.tomcat.jdbc.");
  }
}
