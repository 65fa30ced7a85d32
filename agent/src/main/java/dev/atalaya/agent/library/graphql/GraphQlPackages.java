package dev.atalaya.agent.library.graphql;

import static dev.atalaya.agent.catalogue.Trait.AROUND;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** GraphQL Java, and Spring for GraphQL. */
@AutoService(LibraryPackages.class)
public final class GraphQlPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(FRAMEWORK, AROUND).tagged("spring-graphql").in("org.springframework.graphql.");
    known.such(FRAMEWORK).in("graphql.");
    known.such(FRAMEWORK, AROUND).tagged("graphql").in("graphql.execution.", "org.dataloader.");
  }
}
