package dev.atalaya.agent.library.grizzly;

import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Grizzly. */
@AutoService(LibraryPackages.class)
public final class GrizzlyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(SERVER, OWN_TASKS).in("org.glassfish.grizzly.");
  }
}
