package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/**
 * Whatever a suggestion may say was done, in RemediesIT and its like, or has a reason why not: each
 * text of the code that makes suggestions has a line in {@code suggestions.txt}, which says where.
 *
 * <p>A text that is new is written there when the test fails, with nothing before it: put there how
 * the line there begins that does it, or a reason of those at the file's top.
 */
final class SuggestionsDoneTest {
  private static final Path PAGE = Path.of("src/test/resources/suggestions.txt");
  private static final Path DONE =
      Path.of("../integration-tests/src/test/java/dev/atalaya/it/findings");

  /** What somebody follows: four words, or code. */
  private static final Pattern SAYS =
      Pattern.compile("(?s).*(\\w+\\W+\\w+\\W+\\w+ \\w+|[A-Za-z]\\(|\\w=\\w|@\\w).*");

  /** Classes that have words for others to make fixes of. */
  private static final Set<String> WORDS = Set.of("Fix", "SqlWords", "Subject", "Suggestion");

  private static final String BETWEEN = " | ";

  @Test
  void every_text_is_done_or_has_a_reason() throws Exception {
    List<String> reasons = new ArrayList<>();
    Map<String, String> known = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      int between = line.indexOf(BETWEEN);
      if (between < 0) reasons.add(line);
      else known.put(line.substring(between + BETWEEN.length()), line.substring(0, between));
    }
    Map<String, String> now = new TreeMap<>();
    for (String text : texts()) now.put(text, known.getOrDefault(text, ""));
    List<String> page = new ArrayList<>(reasons);
    now.forEach((text, place) -> page.add(place + BETWEEN + text));
    if (!page.equals(Files.readAllLines(PAGE))) Files.write(PAGE, page);
    Set<String> changed = new TreeSet<>(known.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(text -> known.containsKey(text) && now.containsKey(text));
    assertEquals(Set.of(), changed, "new or gone, and written anew: " + PAGE);
    String done = remedies();
    List<String> left = new ArrayList<>();
    now.forEach(
        (text, place) -> {
          boolean isReason = reasons.stream().anyMatch(line -> line.startsWith(place + ":"));
          if (place.isEmpty() || (!isReason && !done.contains("\"" + place + ", "))) {
            left.add(place + BETWEEN + text);
          }
        });
    assertEquals(List.of(), left, "done by no line of a RemediesIT");
  }

  private static String remedies() throws IOException {
    StringBuilder done = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(DONE, "*RemediesIT.java")) {
      for (Path one : files) done.append(Files.readString(one));
    }
    return done.toString();
  }

  private static TreeSet<String> texts() throws IOException {
    TreeSet<String> texts = new TreeSet<>();
    try (Stream<Path> classes = Files.walk(Path.of("target/classes/dev/atalaya/agent"))) {
      for (Path one : (Iterable<Path>) classes.filter(SuggestionsDoneTest::isClass)::iterator) {
        texts.addAll(textsOf(Files.readAllBytes(one)));
      }
    }
    return texts;
  }

  private static boolean isClass(Path file) {
    return file.toString().endsWith(".class");
  }

  /** Of a class that makes fixes, or has words for them. */
  private static List<String> textsOf(byte[] type) {
    List<String> texts = new ArrayList<>();
    boolean[] fixes = {false};
    new ClassReader(type)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitLdcInsn(Object value) {
                    if (value instanceof String && SAYS.matcher((String) value).matches()) {
                      texts.add(value.toString().replace("\n", "\\n").trim());
                    }
                  }

                  @Override
                  public void visitTypeInsn(int opcode, String made) {
                    fixes[0] |= opcode == Opcodes.NEW && made.endsWith("/detect/Fix");
                  }
                };
              }
            },
            0);
    String name = new ClassReader(type).getClassName();
    return fixes[0] || WORDS.contains(name.substring(name.lastIndexOf('/') + 1))
        ? texts
        : List.of();
  }
}
