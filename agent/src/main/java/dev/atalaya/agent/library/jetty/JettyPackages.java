package dev.atalaya.agent.library.jetty;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Jetty. */
@AutoService(LibraryPackages.class)
public final class JettyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(LAUNCHER).in("org.eclipse.jetty.start.", "org.eclipse.jetty.runner.");
    known.such(SERVER, OWN_TASKS).in("org.eclipse.jetty.");
    known.such(CLIENT, OWN_TASKS).in("org.eclipse.jetty.client.");
  }
}
