package dev.atalaya.agent.library.scala;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Scala's own library. */
@AutoService(LibraryPackages.class)
public final class ScalaPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("scala.");
  }
}
