package dev.atalaya.agent.catalogue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that are known by the beginning of their classes' names, as their folders say
 * ({@link LibraryPackages}).
 *
 * <p>It says what a library is. Whether a class is the application's is decided by where it comes
 * from, and by this list only where that does not tell.
 */
public final class Catalogue {
  /** Bits of a {@link Library}; the bits above are free for callers. */
  public static final int BITS = 58;

  /** Printed by the build; in the agent's loader. */
  private static final String RESOURCE = "catalogue.txt";

  private static final Trait[] TRAITS = Trait.values();
  private static final Map<String, Long> TAGS = new HashMap<>();
  private static final Library[] ALL = read(Catalogue.class.getClassLoader());

  private Catalogue() {}

  /** The library that the class is of, by its name; null where none is known. */
  public static @Nullable Library of(String className) {
    Library best = null;
    for (Library one : ALL) {
      if (className.startsWith(one.beginning)
          && (best == null || one.beginning.length() > best.beginning.length())) best = one;
    }
    return best;
  }

  /** Whether libraries' names begin so: {@code org.apache.} */
  public static boolean isShared(String beginning) {
    for (Library one : ALL) if (one.beginning.startsWith(beginning)) return true;
    return false;
  }

  /** The beginnings of those with a trait. */
  public static String[] beginnings(Trait trait) {
    List<String> found = new ArrayList<>();
    for (Library one : ALL) if (one.is(trait)) found.add(one.beginning);
    return found.toArray(new String[0]);
  }

  /** The bit of a tag that some library has. */
  public static long tag(String tag) {
    Long bit = TAGS.get(tag);
    if (bit == null) throw new IllegalArgumentException("no library has the tag " + tag);
    return bit;
  }

  /** All tags that libraries have. */
  public static Set<String> tags() {
    return TAGS.keySet();
  }

  static int size() {
    return ALL.length;
  }

  private static Library[] read(ClassLoader loader) {
    try (InputStream printed = loader.getResourceAsStream(RESOURCE)) {
      // Without the jar, in tests and while it is packed, the folders are asked.
      return read(printed == null ? Packages.print(loader) : text(printed));
    } catch (IOException error) {
      throw new IllegalStateException("the agent's jar cannot be read", error);
    }
  }

  private static String text(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    for (int length; (length = in.read(part)) > 0; ) all.write(part, 0, length);
    return all.toString("UTF-8");
  }

  /** What {@link Packages} prints. */
  private static Library[] read(String text) {
    List<Library> all = new ArrayList<>(300);
    for (String line : parts(text, '\n')) {
      List<String> parts = parts(line, '\t');
      long bits = 0;
      for (String word : parts(parts.get(0), ' ')) bits |= bit(word);
      for (int i = 1; i < parts.size(); i++) all.add(new Library(parts.get(i), bits));
    }
    if (all.isEmpty()) throw new IllegalStateException("no " + RESOURCE + " in the agent's jar");
    return all.toArray(new Library[0]);
  }

  /** With indexOf, which the JVM has ready: a start waits for this. */
  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int next = text.indexOf(separator, start);
      int end = next < 0 ? text.length() : next;
      parts.add(text.substring(start, end));
      start = end + 1;
    }
    return parts;
  }

  private static long bit(String word) {
    // valueOf would have the JDK reflect, which a start need not wait for.
    for (Trait trait : TRAITS) if (trait.name().equals(word)) return trait.bit();
    Long known = TAGS.get(word);
    if (known != null) return known;
    int place = TRAITS.length + TAGS.size();
    if (place >= BITS) throw new IllegalStateException("more tags than bits: " + word);
    TAGS.put(word, 1L << place);
    return 1L << place;
  }
}
