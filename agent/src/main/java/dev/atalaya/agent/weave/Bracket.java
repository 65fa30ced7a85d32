package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Tracing;
import java.util.Arrays;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Puts two calls of the bridge around a method: one with what is kept with its object, the other
 * with what that returned, however the method ends.
 *
 * <pre>
 * Object entered = Tracing.enter(this, this.atalaya$state, number, name);
 * try { ... } finally { Tracing.leave(entered, number, name); }
 * </pre>
 *
 * <p>Written by hand, for classes that come by the hundred: Byte Buddy takes milliseconds for each
 * in a JVM that has just started. The bridge's two let no exception out.
 */
final class Bracket extends MethodVisitor {
  private static final String BRIDGE = Type.getInternalName(Tracing.class);
  private static final String OBJECT = "java/lang/Object";
  private static final String STATE = "(Ljava/lang/Object;)Ljava/lang/Object;";
  static final String ENTER =
      "(Ljava/lang/Object;Ljava/lang/Object;ILjava/lang/String;)Ljava/lang/Object;";
  private static final String LEAVE = "(Ljava/lang/Object;ILjava/lang/String;)V";

  private final Label start = new Label();
  private final String type;
  private final boolean hasField;
  private final boolean hasFrames;

  /** The local variable behind all of the method's own. */
  private final int entered;

  private final String instrumentation;
  private final int enter;
  private final int leave;

  /**
   * @param hasFrames whether class files of its version have stack map frames
   * @param maxLocals of the method as it is
   */
  Bracket(
      MethodVisitor next,
      Rule rule,
      Rule.Method wanted,
      HookNumbers numbers,
      String type,
      boolean hasField,
      boolean hasFrames,
      int maxLocals) {
    super(OpenedClassReader.ASM_API, next);
    this.type = type;
    this.hasField = hasField;
    this.hasFrames = hasFrames;
    entered = maxLocals;
    instrumentation = rule.instrumentation;
    String[] hooks = wanted.advice.split(" "); // their class, the first, the second
    enter = numbers.of(hooks[0], hooks[1]);
    leave = numbers.of(hooks[0], hooks[2]);
  }

  @Override
  public void visitCode() {
    super.visitCode();
    super.visitVarInsn(Opcodes.ALOAD, 0);
    super.visitVarInsn(Opcodes.ALOAD, 0);
    if (hasField) super.visitFieldInsn(Opcodes.GETFIELD, type, AddedField.NAME, "L" + OBJECT + ";");
    else call("stateOf", STATE);
    super.visitIntInsn(Opcodes.SIPUSH, enter);
    super.visitLdcInsn(instrumentation);
    call("enter", ENTER);
    super.visitVarInsn(Opcodes.ASTORE, entered);
    super.visitLabel(start);
  }

  @Override
  public void visitInsn(int opcode) {
    if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) leave();
    super.visitInsn(opcode);
  }

  @Override
  public void visitFrame(int kind, int count, Object[] locals, int stackCount, Object[] stack) {
    Object[] more = Arrays.copyOf(locals, entered + 1);
    int slots = 0;
    for (int i = 0; i < count; i++) {
      slots += locals[i] == Opcodes.LONG || locals[i] == Opcodes.DOUBLE ? 2 : 1;
    }
    int all = count;
    for (; slots < entered; slots++) more[all++] = Opcodes.TOP;
    more[all++] = OBJECT;
    super.visitFrame(kind, all, more, stackCount, stack);
  }

  /** The handler comes last, so that the method's own go first; it needs none of the locals. */
  @Override
  public void visitMaxs(int maxStack, int maxLocals) {
    Label end = new Label();
    super.visitLabel(end);
    super.visitTryCatchBlock(start, end, end, null);
    if (hasFrames) {
      visitFrame(Opcodes.F_NEW, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
    }
    leave();
    super.visitInsn(Opcodes.ATHROW);
    super.visitMaxs(maxStack + 4, entered + 1);
  }

  private void leave() {
    super.visitVarInsn(Opcodes.ALOAD, entered);
    super.visitIntInsn(Opcodes.SIPUSH, leave);
    super.visitLdcInsn(instrumentation);
    call("leave", LEAVE);
  }

  private void call(String verb, String descriptor) {
    super.visitMethodInsn(Opcodes.INVOKESTATIC, BRIDGE, verb, descriptor, false);
  }
}
