package shop.tuned;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import shop.Catalogue;
import shop.Catalogue.Search;
import shop.Catalogue.Sort;

/**
 * Looks at what everybody looks at first, before the door opens: the first visitor would wait for
 * classes, connections and caches otherwise.
 */
@Component
@Profile("tuned")
class WarmUp implements SmartLifecycle {
  private final Catalogue catalogue;
  private volatile boolean running;

  WarmUp(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Override
  public void start() {
    running = true;
    catalogue.categories();
    for (Sort sort : Sort.values()) {
      Search first = new Search("", null, null, null, sort, 0, null);
      catalogue.browse(first).products().forEach(product -> catalogue.product(product.id()));
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The web server's is higher. */
  @Override
  public int getPhase() {
    return 0;
  }
}
