package dev.atalaya.agent.library.apache;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Apache HttpClient. */
@AutoService(LibraryPackages.class)
public final class ApacheHttpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(CLIENT).in("org.apache.http.", "org.apache.hc.");
  }
}
