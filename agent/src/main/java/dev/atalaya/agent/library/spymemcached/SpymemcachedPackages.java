package dev.atalaya.agent.library.spymemcached;

import static dev.atalaya.agent.catalogue.Trait.DRIVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Spymemcached. */
@AutoService(LibraryPackages.class)
public final class SpymemcachedPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(DRIVER).in("net.spy.memcached.");
  }
}
