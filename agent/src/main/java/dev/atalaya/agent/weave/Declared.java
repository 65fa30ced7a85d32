package dev.atalaya.agent.weave;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** The methods with a body that a class file declares. */
final class Declared extends ClassVisitor {
  private final Set<String> annotations = new HashSet<>();
  private final Set<String> signatures = new HashSet<>();
  private final Set<String> names = new HashSet<>();
  boolean isInterface;

  /** Made by {@link java.lang.reflect.Proxy}: what is behind it is woven. */
  boolean isProxy;

  private Declared() {
    super(OpenedClassReader.ASM_API);
  }

  static Declared of(byte[] classFile) {
    Declared declared = new Declared();
    ClassReader reader = OpenedClassReader.of(classFile);
    reader.accept(
        declared, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    declared.isProxy = "java/lang/reflect/Proxy".equals(reader.getSuperName());
    declared.isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
    return declared;
  }

  boolean isAnnotated(Rule rule) {
    return annotations.contains(rule.annotationDescriptor());
  }

  boolean has(Rule.Method method) {
    return method.descriptor == null
        ? names.contains(method.name)
        : signatures.contains(method.name + method.descriptor);
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
      signatures.add(name + descriptor);
      names.add(name);
    }
    return new MethodVisitor(OpenedClassReader.ASM_API) {
      @Override
      public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        annotations.add(annotation);
        return null;
      }
    };
  }
}
