package dev.atalaya.agent.library.asynchttpclient;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** async-http-client. */
@AutoService(LibraryPackages.class)
public final class AsyncHttpClientPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(CLIENT).in("org.asynchttpclient.");
  }
}
