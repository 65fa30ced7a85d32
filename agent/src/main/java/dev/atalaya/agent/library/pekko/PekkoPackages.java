package dev.atalaya.agent.library.pekko;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Pekko, and Akka, which it comes from. */
@AutoService(LibraryPackages.class)
public final class PekkoPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, SERVER).in("akka.", "org.apache.pekko.");
  }
}
