package dev.atalaya.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Gives a class a field for the agent's state.
 *
 * <p>Reflection sees the field alone, which is private and transient: whoever copies methods,
 * collects interfaces or serializes objects finds the class as it was, with the same computed
 * {@code serialVersionUID}.
 */
final class AddedField extends ClassVisitor {
  static final String NAME = "atalaya$state";
  private static final int ACCESS =
      Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;

  private boolean there;

  AddedField(ClassVisitor next) {
    super(OpenedClassReader.ASM_API, next);
  }

  /** The class with the field and nothing else. */
  static byte[] alone(byte[] classFile) {
    ClassReader reader = OpenedClassReader.of(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new AddedField(writer), 0);
    return writer.toByteArray();
  }

  /** The bytes may be those of a class that was woven before, and has the field. */
  @Override
  public @Nullable FieldVisitor visitField(
      int access, String name, String descriptor, String signature, Object value) {
    there |= name.equals(NAME);
    return super.visitField(access, name, descriptor, signature, value);
  }

  @Override
  public void visitEnd() {
    if (!there) {
      super.visitField(ACCESS, NAME, "Ljava/lang/Object;", null, null).visitEnd();
    }
    super.visitEnd();
  }
}
