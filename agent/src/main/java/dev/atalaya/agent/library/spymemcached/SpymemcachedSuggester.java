package dev.atalaya.agent.library.spymemcached;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import org.jspecify.annotations.Nullable;

/** How to ask Memcached once: it reads many keys at a time, and writes one. */
@AutoService(Suggester.class)
public final class SpymemcachedSuggester implements Suggester {
  @Override
  public Layer layer() {
    return Layer.CLIENT;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    if (!subject.operation.system.equals("memcached") || !subject.kind.isNPlusOne()) return null;
    String verb = subject.operation.verb;
    if (verb.equals("get")) {
      return new Fix(
              "One getBulk instead of "
                  + subject.count
                  + " gets saves "
                  + (subject.count - 1)
                  + " round trips: getBulk(keys). With many servers, one for each.")
          .way("instead of the loop", "Map<String, Object> found = client.getBulk(keys);");
    }
    if (verb.equals("getBulk")) return null;
    return new Fix(
        "Memcached has no "
            + verb
            + " of many keys: let the client send all before the first answer is waited for. Its"
            + " methods that return a Future do; call get() on them behind the loop.");
  }
}
