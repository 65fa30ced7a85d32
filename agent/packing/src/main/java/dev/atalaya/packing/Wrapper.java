package dev.atalaya.packing;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Primitive types, their wrappers, and the way from one to a wider one. */
enum Wrapper {
  BOOLEAN(Type.BOOLEAN_TYPE, "java/lang/Boolean"),
  CHAR(Type.CHAR_TYPE, "java/lang/Character"),
  BYTE(Type.BYTE_TYPE, "java/lang/Byte"),
  SHORT(Type.SHORT_TYPE, "java/lang/Short"),
  INT(Type.INT_TYPE, "java/lang/Integer"),
  LONG(Type.LONG_TYPE, "java/lang/Long"),
  FLOAT(Type.FLOAT_TYPE, "java/lang/Float"),
  DOUBLE(Type.DOUBLE_TYPE, "java/lang/Double");

  private final Type primitive;
  private final String name;

  Wrapper(Type primitive, String name) {
    this.primitive = primitive;
    this.name = name;
  }

  static String of(Type primitive) {
    for (Wrapper one : values()) if (one.primitive.equals(primitive)) return one.name;
    throw new IllegalArgumentException(primitive + " is no primitive type");
  }

  /** What an object holds that is known as {@code from}, and is to become {@code to}. */
  static Type unboxed(Type from, Type to) {
    for (Wrapper one : values()) if (one.name.equals(from.getInternalName())) return one.primitive;
    return to;
  }

  static void widen(MethodVisitor code, Type from, Type to) {
    if (from.equals(to)) return;
    int sort = from.getSort();
    switch (to.getSort()) {
      case Type.LONG:
        code.visitInsn(sort == Type.LONG ? Opcodes.NOP : Opcodes.I2L);
        break;
      case Type.FLOAT:
        code.visitInsn(sort == Type.LONG ? Opcodes.L2F : Opcodes.I2F);
        break;
      case Type.DOUBLE:
        code.visitInsn(
            sort == Type.LONG ? Opcodes.L2D : sort == Type.FLOAT ? Opcodes.F2D : Opcodes.I2D);
        break;
      default: // a smaller one is an int already
    }
  }
}
