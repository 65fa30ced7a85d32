package dev.atalaya.agent.weave;

import dev.atalaya.agent.state.StateField;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Writes the {@link StateField} that knows an offset and asks {@code Unsafe}.
 *
 * <p>Java 8 has another Unsafe than its successors, and neither can be compiled against; plain
 * calls of it, without reflection, cost as little as a field.
 */
final class UnsafeField {
  private static final String FIELD = Type.getInternalName(StateField.class);
  private static final String MADE = Type.getInternalName(UnsafeField.class) + "$Made";
  private static final String OBJECT = "Ljava/lang/Object;";

  private UnsafeField() {}

  static byte[] bytes(Class<?> unsafe) {
    String kind = kind(unsafe);
    String name = Type.getInternalName(unsafe);
    String descriptor = Type.getDescriptor(unsafe);
    ClassWriter made = new ClassWriter(0);
    made.visit(
        Opcodes.V1_8, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, MADE, null, FIELD, new String[0]);
    int constant = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
    made.visitField(constant, "unsafe", descriptor, null, null).visitEnd();
    made.visitField(constant, "offset", "J", null, null).visitEnd();

    MethodVisitor init = method(made, "<init>", "(" + descriptor + "J)V");
    init.visitVarInsn(Opcodes.ALOAD, 0);
    init.visitMethodInsn(Opcodes.INVOKESPECIAL, FIELD, "<init>", "()V", false);
    init.visitVarInsn(Opcodes.ALOAD, 0);
    init.visitVarInsn(Opcodes.ALOAD, 1);
    init.visitFieldInsn(Opcodes.PUTFIELD, MADE, "unsafe", descriptor);
    init.visitVarInsn(Opcodes.ALOAD, 0);
    init.visitVarInsn(Opcodes.LLOAD, 2);
    init.visitFieldInsn(Opcodes.PUTFIELD, MADE, "offset", "J");
    end(init, Opcodes.RETURN, 3, 4);

    MethodVisitor get = method(made, "get", "(" + OBJECT + ")" + OBJECT);
    address(get, descriptor);
    String getter = "(" + OBJECT + "J)" + OBJECT;
    get.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "get" + kind, getter, false);
    end(get, Opcodes.ARETURN, 4, 2);

    MethodVisitor put = method(made, "put", "(" + OBJECT + OBJECT + ")V");
    address(put, descriptor);
    put.visitVarInsn(Opcodes.ALOAD, 2);
    String putter = "(" + OBJECT + "J" + OBJECT + ")V";
    put.visitMethodInsn(Opcodes.INVOKEVIRTUAL, name, "put" + kind, putter, false);
    end(put, Opcodes.RETURN, 5, 3);
    made.visitEnd();
    return made.toByteArray();
  }

  /** The end of the methods' names: getReference came with Java 12, and getObject went later. */
  private static String kind(Class<?> unsafe) {
    try {
      unsafe.getMethod("getReference", Object.class, long.class);
      return "Reference";
    } catch (NoSuchMethodException older) {
      return "Object";
    }
  }

  private static MethodVisitor method(ClassWriter made, String name, String descriptor) {
    MethodVisitor method = made.visitMethod(Opcodes.ACC_PUBLIC, name, descriptor, null, null);
    method.visitCode();
    return method;
  }

  /** Puts {@code unsafe}, the object and the offset on the stack. */
  private static void address(MethodVisitor method, String unsafe) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitFieldInsn(Opcodes.GETFIELD, MADE, "unsafe", unsafe);
    method.visitVarInsn(Opcodes.ALOAD, 1);
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitFieldInsn(Opcodes.GETFIELD, MADE, "offset", "J");
  }

  private static void end(MethodVisitor method, int result, int stack, int locals) {
    method.visitInsn(result);
    method.visitMaxs(stack, locals);
    method.visitEnd();
  }
}
