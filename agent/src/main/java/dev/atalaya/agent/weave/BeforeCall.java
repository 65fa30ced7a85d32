package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Tracing;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Calls a hook before each call of a certain method that the woven method makes, with that call's
 * last argument and the object whose method the woven one is. For methods that hundreds of classes
 * have and few call.
 *
 * <pre>
 * Tracing.enter(this, argument, number, name);
 * called.method(argument);
 * </pre>
 */
final class BeforeCall extends MethodVisitor {
  private static final String BRIDGE = Type.getInternalName(Tracing.class);

  private final String instrumentation;
  private final String called;
  private final int number;

  BeforeCall(MethodVisitor next, Rule rule, Rule.Method wanted, HookNumbers numbers) {
    super(OpenedClassReader.ASM_API, next);
    instrumentation = rule.instrumentation;
    String[] parts = wanted.advice.split(" "); // the hooks' class, the hook, what is called
    number = numbers.of(parts[0], parts[1]);
    called = parts[2];
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    if (called.equals(name + descriptor)) {
      super.visitInsn(Opcodes.DUP);
      super.visitVarInsn(Opcodes.ALOAD, 0);
      super.visitInsn(Opcodes.SWAP);
      super.visitIntInsn(Opcodes.SIPUSH, number);
      super.visitLdcInsn(instrumentation);
      super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, "enter", Bracket.ENTER, false);
      super.visitInsn(Opcodes.POP);
    }
    super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
  }

  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    super.visitMaxs(maxStack + 4, maxLocals);
  }
}
