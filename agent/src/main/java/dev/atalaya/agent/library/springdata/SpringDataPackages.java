package dev.atalaya.agent.library.springdata;

import static dev.atalaya.agent.catalogue.Trait.MAPPER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Spring Data. */
@AutoService(LibraryPackages.class)
public final class SpringDataPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(MAPPER).tagged("spring-data").in("org.springframework.data.");
  }
}
