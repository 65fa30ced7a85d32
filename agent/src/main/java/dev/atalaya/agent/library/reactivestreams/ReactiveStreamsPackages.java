package dev.atalaya.agent.library.reactivestreams;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** The interfaces that libraries of reactive streams share. */
@AutoService(LibraryPackages.class)
public final class ReactiveStreamsPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("org.reactivestreams.");
  }
}
