package dev.atalaya.agent.page;

/** Where the threads of an entry point's slow requests were: a part of their problem's page. */
final class ProfileView {
  private final Source profile;

  ProfileView(Source profile) {
    this.profile = profile;
  }

  void show(String entryPoint, Html html) {
    for (Value one : new Value(profile.get(Query.ALL)).all()) {
      if (!one.text("entry_point").equals(entryPoint) || one.number("samples") == 0) continue;
      html.raw("<section><h2>Where its time went</h2><p>");
      html.text(Figures.count(one.number("samples")) + " samples of the threads of ");
      html.text(Figures.count(one.number("requests")) + " slow requests, one each ");
      html.text(Figures.millis(one.number("every_ms")) + ", from half of the limit on. Called ");
      html.text("methods stand below their callers; what is wide took long.");
      html.raw("</p>");
      FlameGraph.show(one, html);
      html.raw("</section>");
    }
  }
}
