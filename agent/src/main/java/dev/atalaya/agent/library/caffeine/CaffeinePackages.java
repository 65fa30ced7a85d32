package dev.atalaya.agent.library.caffeine;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Caffeine. */
@AutoService(LibraryPackages.class)
public final class CaffeinePackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("com.github.benmanes.");
  }
}
