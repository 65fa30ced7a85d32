package dev.atalaya.packing;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * What is changed in a library's class on its way into the agent.
 *
 * <p>{@code java.util.logging} becomes the agent's own stand-in: a server that installs a log
 * manager of its own must be the first to load it. slf4j looks for its provider under another
 * system property: the application's is not for the agent's copy. Kotlin's metadata, for compilers
 * and reflection, goes, and so do the names of local variables.
 */
final class Rewrite {
  private static final String LOGGING = "java/util/logging/";
  private static final String STAND_IN = "dev/atalaya/agent/log/jul/";

  private Rewrite() {}

  static byte[] of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(0);
    Remapper logging =
        new Remapper(OpenedClassReader.ASM_API) {
          @Override
          public String map(String name) {
            return name.startsWith(LOGGING) ? STAND_IN + name.substring(LOGGING.length()) : name;
          }
        };
    reader.accept(new ClassRemapper(new Constants(writer), logging), 0);
    return writer.toByteArray();
  }

  private static final class Constants extends ClassVisitor {
    Constants(ClassVisitor next) {
      super(OpenedClassReader.ASM_API, next);
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return descriptor.startsWith("Lkotlin/Metadata")
          ? null
          : super.visitAnnotation(descriptor, visible);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(OpenedClassReader.ASM_API, next) {
        @Override
        public void visitLocalVariable(
            String local, String type, String signature, Label start, Label end, int index) {
          // The JVM would keep their names, for debuggers.
        }

        @Override
        public void visitLdcInsn(Object value) {
          super.visitLdcInsn("slf4j.provider".equals(value) ? "atalaya.slf4j.provider" : value);
        }
      };
    }
  }
}
