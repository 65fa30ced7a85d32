package dev.atalaya.agent.library.jooq;

import static dev.atalaya.agent.catalogue.Trait.MAPPER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** jOOQ. */
@AutoService(LibraryPackages.class)
public final class JooqPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(MAPPER).tagged("jooq").in("org.jooq.");
  }
}
