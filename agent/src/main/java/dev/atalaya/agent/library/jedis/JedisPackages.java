package dev.atalaya.agent.library.jedis;

import static dev.atalaya.agent.catalogue.Trait.DRIVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Jedis. */
@AutoService(LibraryPackages.class)
public final class JedisPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(DRIVER).tagged("jedis").in("redis.clients.jedis.");
  }
}
