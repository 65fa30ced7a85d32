package dev.atalaya.agent;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.console.Site;
import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.agent.watch.Errors;
import dev.atalaya.agent.watch.Running;
import dev.atalaya.agent.watch.Watch;
import java.util.Collections;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the console shows beside findings: errors as they come, and what is gathered only from when
 * it is first asked for until nobody asks any more.
 */
final class Watched implements Worker.Consumer {
  private final Registry registry;
  private final Consumer<Consumer<Template>> templates;
  private final OpenThreads threads;
  private final Application application;
  private volatile boolean shown;
  private volatile @Nullable Watch watch;
  private volatile @Nullable Errors errors;

  Watched(
      Registry registry,
      Consumer<Consumer<Template>> templates,
      OpenThreads threads,
      Application application) {
    this.registry = registry;
    this.templates = templates;
    this.threads = threads;
    this.application = application;
  }

  /** From here on errors are kept: whoever looks for them comes after they happened. */
  void addTo(Site site) {
    site.source("routes", query -> query.id().isEmpty() ? watch().routes() : null)
        .source("statements", this::statements)
        .source("errors", this::errors)
        .source("active", query -> query.id().isEmpty() ? active() : null);
    shown = true;
  }

  private @Nullable Object errors(Query query) {
    Errors kept = errors;
    if (query.id().isEmpty()) return kept == null ? Collections.emptyList() : kept.list();
    return kept == null ? null : kept.one(query.id());
  }

  private Object active() {
    return new Running(threads, application).list();
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
    if (!shown) return;
    for (Span span = latest; span != null; span = span.next()) {
      if (span.failure() == null) continue;
      failed(request, latest);
      return;
    }
  }

  private void failed(Request request, Span latest) {
    Errors kept = errors;
    if (kept == null) errors = kept = new Errors(application, System::currentTimeMillis);
    kept.add(request, latest);
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
