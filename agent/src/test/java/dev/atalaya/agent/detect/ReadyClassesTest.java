package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.junit.jupiter.api.Test;

class ReadyClassesTest {
  private static final Path ROOM = Path.of("target/classes/dev/atalaya/agent/detect");

  @Test
  void all_classes_with_an_initialiser_are_listed() throws Exception {
    try (Stream<Path> files = Files.list(ROOM)) {
      List<String> found =
          files
              .filter(file -> file.toString().endsWith(".class") && initialises(file))
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .sorted()
              .toList();
      assertEquals(found, ReadyClasses.NAMES);
    }
    ReadyClasses.initialise();
  }

  private static boolean initialises(Path file) {
    boolean[] found = {false};
    try {
      OpenedClassReader.of(Files.readAllBytes(file))
          .accept(
              new ClassVisitor(OpenedClassReader.ASM_API) {
                @Override
                public MethodVisitor visitMethod(
                    int access,
                    String name,
                    String descriptor,
                    String signature,
                    String[] exceptions) {
                  found[0] |= name.equals("<clinit>");
                  return null;
                }
              },
              ClassReader.SKIP_CODE);
      return found[0];
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
