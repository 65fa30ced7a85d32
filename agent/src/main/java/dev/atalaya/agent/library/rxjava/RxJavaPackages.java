package dev.atalaya.agent.library.rxjava;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** RxJava from 2 on, and what is built on it. */
@AutoService(LibraryPackages.class)
public final class RxJavaPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).in("io.reactivex.");
  }
}
