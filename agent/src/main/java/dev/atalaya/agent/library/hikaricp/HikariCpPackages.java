package dev.atalaya.agent.library.hikaricp;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.PASSES_ON;
import static dev.atalaya.agent.catalogue.Trait.POOL;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** HikariCP. */
@AutoService(LibraryPackages.class)
public final class HikariCpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(POOL, PASSES_ON).in("com.zaxxer.hikari.");
    known.such(FRAMEWORK).in("com.zaxxer.");
  }
}
