package dev.atalaya.it;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A source with the code put in that a finding has to paste, where a developer would put it.
 *
 * <pre>
 * // sin: books
 * what is in the source as it is
 * // mend: books by query
 * // what takes its place, with {code} in it
 * // done
 * </pre>
 *
 * There is a "mend" for each way to do it; a mark may have many places. What needs another import
 * has it as a comment.
 */
public final class Mended {
  private static final String SIN = "// sin: ";
  private static final String MEND = "// mend: ";
  private static final String DONE = "// done";

  private Mended() {}

  /** The source with each of these marks' places mended by its code. */
  public static String source(String source, Map<String, String> codes) {
    Set<String> unused = new HashSet<>(codes.keySet());
    StringBuilder mended = new StringBuilder();
    List<String> sin = null;
    List<String> mend = null;
    String mark = null;
    for (String line : source.lines().toList()) {
      String text = line.trim();
      if (text.startsWith(SIN)) {
        sin = new ArrayList<>();
        mend = null;
        mark = null;
      } else if (text.startsWith(MEND)) {
        mark = text.substring(MEND.length());
        if (codes.containsKey(mark)) mend = new ArrayList<>();
        unused.remove(mark);
      } else if (text.equals(DONE)) {
        (mend == null ? sin : mend).forEach(one -> mended.append(one).append('\n'));
        sin = null;
      } else if (text.startsWith("// import ")) {
        mended.append(text.substring(3)).append('\n');
      } else if (sin == null) {
        mended.append(line).append('\n');
      } else if (mark == null) {
        sin.add(line);
      } else if (codes.containsKey(mark)) {
        mend.add(text.substring(2).replace("{code}", codes.get(mark)));
      }
    }
    if (!unused.isEmpty()) throw new IllegalArgumentException("no place for " + unused);
    return mended.toString();
  }
}
