package dev.atalaya.agent.library.c3p0;

import static dev.atalaya.agent.catalogue.Trait.PASSES_ON;
import static dev.atalaya.agent.catalogue.Trait.POOL;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** c3p0. */
@AutoService(LibraryPackages.class)
public final class C3p0Packages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(POOL).in("com.mchange.");
    known.such(POOL, PASSES_ON).in("com.mchange.v2.c3p0.");
  }
}
