package dev.atalaya.agent.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of the slow requests of each entry point, where their threads were. Bounded; any thread. */
public final class Profiles {
  private static final int MOST = 20;

  /** The one that was added to longest ago is the first to go. */
  private final Map<String, Profile> byEntryPoint =
      new LinkedHashMap<String, Profile>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Profile> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(String entryPoint, CallTree request) {
    Profile profile = byEntryPoint.computeIfAbsent(entryPoint, added -> new Profile());
    profile.requests++;
    profile.tree.add(request);
  }

  /** Those of an entry point, or of all where it is empty. */
  public synchronized List<Map<String, Object>> list(String entryPoint) {
    List<Map<String, Object>> list = new ArrayList<>();
    byEntryPoint.forEach(
        (name, profile) -> {
          if (!entryPoint.isEmpty() && !entryPoint.equals(name)) return;
          Map<String, Object> json = new LinkedHashMap<>();
          json.put("entry_point", name);
          json.put("requests", profile.requests);
          json.put("samples", profile.tree.samples());
          json.put("every_ms", SlowSampler.EVERY_MILLIS);
          json.put("stacks", profile.tree.stacks());
          list.add(json);
        });
    return list;
  }

  private static final class Profile {
    final CallTree tree = new CallTree();
    int requests;
  }
}
