package dev.atalaya.agent.library.reactor;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Reactor, its core and what is built on that. */
@AutoService(LibraryPackages.class)
public final class ReactorPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("reactor.", "io.projectreactor.");
  }
}
