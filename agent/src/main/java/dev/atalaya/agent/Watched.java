package dev.atalaya.agent;

import dev.atalaya.agent.console.Site;
import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.agent.watch.Watch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has figures gathered for the console from when they are first asked for until nobody does. */
final class Watched implements Worker.Consumer {
  private final Registry registry;
  private final Consumer<Consumer<Template>> templates;
  private volatile @Nullable Watch watch;

  Watched(Registry registry, Consumer<Consumer<Template>> templates) {
    this.registry = registry;
    this.templates = templates;
  }

  void addTo(Site site) {
    site.source("routes", query -> query.id().isEmpty() ? watch().routes() : null)
        .source("statements", this::statements);
  }

  private @Nullable Object statements(Query query) {
    return query.id().isEmpty() ? watch().statements() : watch().statement(query.id());
  }

  private synchronized Watch watch() {
    Watch known = watch;
    if (known == null) watch = known = new Watch(registry, templates, System::nanoTime);
    return known;
  }

  @Override
  public void accept(Request request, Span latest) {
    Watch asked = watch;
    if (asked != null) asked.accept(request, latest);
  }

  @Override
  public String part() {
    return "console";
  }

  @Override
  public void tick(boolean closing) {
    Watch asked = watch;
    if (asked == null) return;
    asked.tick();
    if (!asked.isWanted()) forget();
  }

  private synchronized void forget() {
    watch = null;
  }
}
