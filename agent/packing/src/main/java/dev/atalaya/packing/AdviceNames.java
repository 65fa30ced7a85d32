package dev.atalaya.packing;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Has an instrumentation name its advice where it was written with a class: the weaver reads the
 * class's file, and loading it as well would cost a start 150 classes that are never run.
 */
final class AdviceNames extends ClassVisitor {
  private static final String WEAVER = "dev/atalaya/agent/weave/Weaver";

  private AdviceNames(ClassVisitor next) {
    super(OpenedClassReader.ASM_API, next);
  }

  static byte[] of(byte[] classFile) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new AdviceNames(writer), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    if (!descriptor.contains(WEAVER)) return next;
    return new MethodVisitor(OpenedClassReader.ASM_API, next) {
      /** The class that was pushed last, until it is known for what. */
      private @Nullable Type pushed;

      private void push() {
        Type known = pushed;
        pushed = null;
        if (known != null) super.visitLdcInsn(known);
      }

      @Override
      public void visitLdcInsn(Object value) {
        push();
        if (value instanceof Type && ((Type) value).getSort() == Type.OBJECT) pushed = (Type) value;
        else super.visitLdcInsn(value);
      }

      @Override
      public void visitFrame(int type, int locals, Object[] local, int stacks, Object[] stack) {
        push();
        super.visitFrame(type, locals, local, stacks, stack);
      }

      @Override
      public void visitInsn(int opcode) {
        push();
        super.visitInsn(opcode);
      }

      @Override
      public void visitIntInsn(int opcode, int operand) {
        push();
        super.visitIntInsn(opcode, operand);
      }

      @Override
      public void visitVarInsn(int opcode, int variable) {
        push();
        super.visitVarInsn(opcode, variable);
      }

      @Override
      public void visitTypeInsn(int opcode, String type) {
        push();
        super.visitTypeInsn(opcode, type);
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String field, String fieldDescriptor) {
        push();
        super.visitFieldInsn(opcode, owner, field, fieldDescriptor);
      }

      @Override
      public void visitJumpInsn(int opcode, Label label) {
        push();
        super.visitJumpInsn(opcode, label);
      }

      /** Labels and line numbers come before what is pushed, which does no harm. */
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String method, String methodDescriptor, boolean isInterface) {
        Type advice = pushed;
        pushed = null;
        boolean weaves = advice != null && owner.startsWith(WEAVER);
        if (advice != null) super.visitLdcInsn(weaves ? advice.getClassName() : advice);
        super.visitMethodInsn(
            opcode,
            owner,
            method,
            weaves
                ? methodDescriptor.replace("Ljava/lang/Class;", "Ljava/lang/String;")
                : methodDescriptor,
            isInterface);
      }
    };
  }
}
