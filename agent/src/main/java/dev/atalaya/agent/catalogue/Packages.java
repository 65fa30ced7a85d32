package dev.atalaya.agent.catalogue;

import java.util.HashSet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects what libraries' folders say of their packages, and prints it. A line has what the
 * libraries are, as words, and the beginnings of their classes' names, with tabs between them:
 *
 * <pre>
 * MAPPER jooq, org.jooq.
 * </pre>
 */
public final class Packages {
  private final Map<String, Set<String>> beginnings = new TreeMap<>();
  private final Set<String> known = new HashSet<>();

  Packages() {}

  /** Called by name when the jar is packed. */
  public static String print(ClassLoader loader) {
    Packages all = new Packages();
    for (LibraryPackages one : ServiceLoader.load(LibraryPackages.class, loader)) one.list(all);
    return all.text();
  }

  /** Begins an entry for libraries that have these traits. */
  public Such such(Trait... traits) {
    Such such = new Such();
    for (Trait trait : traits) such.words.add(trait.name());
    return such;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Set<String>> line : beginnings.entrySet()) {
      text.append(line.getKey());
      for (String beginning : line.getValue()) text.append('\t').append(beginning);
      text.append('\n');
    }
    return text.toString();
  }

  /** Traits and tags of libraries, whose packages {@link #in} then says. */
  public final class Such {
    private final Set<String> words = new TreeSet<>();

    private Such() {}

    /** A word that a suggestion asks for, in lower case. */
    public Such tagged(String tag) {
      words.add(tag);
      return this;
    }

    /** A name that ends in a dot is a package and all below it. The longest that fits holds. */
    public void in(String... names) {
      Set<String> line = beginnings.computeIfAbsent(String.join(" ", words), w -> new TreeSet<>());
      for (String name : names) {
        if (!known.add(name)) throw new IllegalArgumentException("twice: " + name);
        line.add(name);
      }
    }
  }
}
