package dev.atalaya.agent.library.grpc;

import static dev.atalaya.agent.catalogue.Trait.BASE;
import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** gRPC, and the stubs that are generated into the application. */
@AutoService(LibraryPackages.class)
public final class GrpcPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known.such(SERVER, CLIENT, OWN_TASKS).in("io.grpc.");
    known.such(SERVER, CLIENT, OWN_TASKS, BASE).in("io.grpc.stub.AbstractStub");
  }
}
