package dev.atalaya.agent.library.vertx;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Vert.x, whose queue runs what many requests gave it, one after the other, as one task. */
@AutoService(LibraryPackages.class)
public final class VertxPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, SERVER).in("io.vertx.");
    known.such(FRAMEWORK, SERVER, OWN_TASKS).in("io.vertx.core.impl.TaskQueue");
    known.such(FRAMEWORK, CLIENT).in("io.vertx.ext.web.client.");
    known
        .such(LAUNCHER)
        .in("io.vertx.core.Launcher", "io.vertx.core.impl.launcher.", "io.vertx.launcher.");
  }
}
