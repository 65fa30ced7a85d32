package dev.atalaya.agent.library.liberty;

import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Open Liberty, and WebSphere Liberty. */
@AutoService(LibraryPackages.class)
public final class LibertyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(SERVER, LAUNCHER).in("com.ibm.ws.", "io.openliberty.");
    known.such(SERVER).in("com.ibm.wsspi.");
  }
}
