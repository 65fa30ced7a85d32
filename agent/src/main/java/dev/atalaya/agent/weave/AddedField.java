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
 * <p>The field is all that reflection sees of it, and private and transient: who copies methods,
 * collects interfaces or writes objects to a stream meets the class as it was, and the stream's
 * version, which is computed of all else, stays.
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

  /** In bytes that were taken of a woven class it is there already. */
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
