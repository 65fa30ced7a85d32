package dev.atalaya.agent.library.netty;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Netty, and its handlers for reactive streams. */
@AutoService(LibraryPackages.class)
public final class NettyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(SERVER, OWN_TASKS).in("io.netty.");
    known.such(FRAMEWORK).in("com.typesafe.netty.");
  }
}
