package dev.atalaya.agent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Whether a method calls the one that it overrides. */
final class SuperCall extends ClassVisitor {
  private final String name;
  private final String descriptor;
  private boolean found;

  private SuperCall(String name, String descriptor) {
    super(OpenedClassReader.ASM_API);
    this.name = name;
    this.descriptor = descriptor;
  }

  static boolean in(byte[] classFile, String name, String descriptor) {
    SuperCall call = new SuperCall(name, descriptor);
    OpenedClassReader.of(classFile).accept(call, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return call.found;
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access, String method, String itsDescriptor, String signature, String[] exceptions) {
    if (!method.equals(name) || !itsDescriptor.equals(descriptor)) return null;
    return new MethodVisitor(OpenedClassReader.ASM_API) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
        found |=
            opcode == Opcodes.INVOKESPECIAL
                && called.equals(name)
                && calledDescriptor.equals(descriptor);
      }
    };
  }
}
