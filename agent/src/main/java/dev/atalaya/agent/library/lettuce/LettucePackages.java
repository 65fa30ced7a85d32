package dev.atalaya.agent.library.lettuce;

import static dev.atalaya.agent.catalogue.Trait.DRIVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Lettuce. */
@AutoService(LibraryPackages.class)
public final class LettucePackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(DRIVER).tagged("lettuce").in("io.lettuce.");
  }
}
