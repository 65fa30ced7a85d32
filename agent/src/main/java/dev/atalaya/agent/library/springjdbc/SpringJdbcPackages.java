package dev.atalaya.agent.library.springjdbc;

import static dev.atalaya.agent.catalogue.Trait.MAPPER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Spring's JDBC templates. */
@AutoService(LibraryPackages.class)
public final class SpringJdbcPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(MAPPER).tagged("jdbc-template").in("org.springframework.jdbc.core.");
  }
}
