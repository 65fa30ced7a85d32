package dev.atalaya.agent.library.reactornetty;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Reactor Netty. */
@AutoService(LibraryPackages.class)
public final class ReactorNettyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, SERVER, CLIENT, OWN_TASKS).in("reactor.netty.");
  }
}
