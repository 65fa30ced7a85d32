package dev.atalaya.packing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * The classes that the agent can come to, by what their constant pools name: types, and strings
 * that read as the name of a class. The others stay out of the jar.
 */
final class Reachable {
  private static final String INSIDE = "inst/";
  private static final String CLASS_FILE = ".classdata";
  private static final int CLASS = 7;
  private static final int STRING = 8;

  private final Map<String, byte[]> entries;
  private final Set<String> reached = new HashSet<>();
  private final Deque<String> toRead = new ArrayDeque<>();

  private Reachable(Map<String, byte[]> entries) {
    this.entries = entries;
  }

  /** Names of entries, of all classes that are reached from the agent's own and its services. */
  static Set<String> in(Map<String, byte[]> entries) {
    Reachable reachable = new Reachable(entries);
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(INSIDE + "dev/atalaya/") && name.endsWith(CLASS_FILE)) {
        reachable.reach(name);
      }
      if (name.startsWith(INSIDE + "META-INF/services/")) reachable.services(entry.getValue());
    }
    for (String name; (name = reachable.toRead.poll()) != null; ) {
      reachable.read(new ClassReader(entries.get(name)));
    }
    return reachable.reached;
  }

  private void services(byte[] file) {
    for (String line : new String(file, StandardCharsets.UTF_8).split("\n")) {
      reach(entry(line.replaceAll("#.*", "").trim().replace('.', '/')));
    }
  }

  private void read(ClassReader reader) {
    char[] buffer = new char[reader.getMaxStringLength()];
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item == 0) continue;
      int tag = reader.readByte(item - 1);
      if (tag == CLASS) {
        String name = reader.readUTF8(item, buffer);
        if (name.startsWith("[")) name = name.replaceAll("^\\[+L?|;$", "");
        reach(entry(name));
      } else if (tag == STRING) {
        String text = reader.readUTF8(item, buffer);
        if (text != null && text.indexOf('.') > 0) reach(entry(text.replace('.', '/')));
      }
    }
  }

  private void reach(String name) {
    if (entries.containsKey(name) && reached.add(name)) toRead.add(name);
  }

  private static String entry(String internalName) {
    return INSIDE + internalName + CLASS_FILE;
  }
}
