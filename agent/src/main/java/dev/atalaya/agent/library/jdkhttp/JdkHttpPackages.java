package dev.atalaya.agent.library.jdkhttp;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.PLATFORM;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** The JDK's HTTP client and server. */
@AutoService(LibraryPackages.class)
public final class JdkHttpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(PLATFORM, CLIENT).in("jdk.internal.net.http.");
    known.such(PLATFORM, SERVER, OWN_TASKS).in("jdk.httpserver.", "sun.net.httpserver.");
  }
}
