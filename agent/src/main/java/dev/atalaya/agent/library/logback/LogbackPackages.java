package dev.atalaya.agent.library.logback;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Logback. */
@AutoService(LibraryPackages.class)
public final class LogbackPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("ch.qos.logback.");
  }
}
