package dev.atalaya.agent.library.apache;

import static dev.atalaya.agent.catalogue.Trait.BASE;
import static dev.atalaya.agent.catalogue.Trait.CLIENT;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Apache HttpClient. */
@AutoService(LibraryPackages.class)
public final class ApacheHttpPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known
        .such(CLIENT, BASE)
        .in(
            "org.apache.http.impl.client.CloseableHttpClient",
            "org.apache.hc.client5.http.impl.classic.CloseableHttpClient");
    known.such(CLIENT).in("org.apache.http.", "org.apache.hc.");
  }
}
