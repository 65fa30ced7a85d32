package dev.atalaya.agent.library.mutiny;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Mutiny, and what SmallRye has besides. */
@AutoService(LibraryPackages.class)
public final class MutinyPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("io.smallrye.");
  }
}
