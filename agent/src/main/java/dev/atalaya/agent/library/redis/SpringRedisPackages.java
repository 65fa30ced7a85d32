package dev.atalaya.agent.library.redis;

import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Spring Data Redis, whichever client is below it. */
@AutoService(LibraryPackages.class)
public final class SpringRedisPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK).tagged("spring-redis").in("org.springframework.data.redis.");
  }
}
