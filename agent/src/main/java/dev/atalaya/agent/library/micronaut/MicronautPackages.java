package dev.atalaya.agent.library.micronaut;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Micronaut. */
@AutoService(LibraryPackages.class)
public final class MicronautPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, SERVER).in("io.micronaut.");
    known.such(FRAMEWORK, CLIENT).in("io.micronaut.http.client.");
  }
}
