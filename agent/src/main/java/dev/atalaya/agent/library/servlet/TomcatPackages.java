package dev.atalaya.agent.library.servlet;

import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Tomcat. */
@AutoService(LibraryPackages.class)
public final class TomcatPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(SERVER, LAUNCHER).in("org.apache.catalina.startup.");
    known.such(SERVER, OWN_TASKS).in("org.apache.tomcat.", "org.apache.coyote.");
    known.such(SERVER).in("org.apache.catalina.");
  }
}
