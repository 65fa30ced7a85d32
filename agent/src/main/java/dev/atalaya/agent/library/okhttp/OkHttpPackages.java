package dev.atalaya.agent.library.okhttp;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** OkHttp. */
@AutoService(LibraryPackages.class)
public final class OkHttpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(CLIENT, OWN_TASKS).in("okhttp3.");
    known.such(CLIENT).in("okio.");
  }
}
