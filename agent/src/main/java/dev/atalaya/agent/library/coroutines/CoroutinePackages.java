package dev.atalaya.agent.library.coroutines;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Kotlin's coroutines, which a dispatcher hands to its pool in the context of who resumes them. */
@AutoService(LibraryPackages.class)
public final class CoroutinePackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, OWN_TASKS).in("kotlinx.coroutines.");
  }
}
