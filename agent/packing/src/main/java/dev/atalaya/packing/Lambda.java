package dev.atalaya.packing;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The class of one lambda: its captured values as fields, and one method that calls its body. */
final class Lambda {
  private static final Type OBJECT = Type.getType(Object.class);

  private final String type;
  private final String method;
  private final String factory;

  /** The interface's method, and what it is called with here: {@code Object} is a String. */
  private final Type asked;

  private final Type given;
  private final Handle called;
  private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);

  Lambda(String type, String method, String factory, Type asked, Type given, Handle called) {
    this.type = type;
    this.method = method;
    this.factory = factory;
    this.asked = asked;
    this.given = given;
    this.called = called;
  }

  byte[] bytes(int version) {
    String[] interfaces = {Type.getReturnType(factory).getInternalName()};
    int flags = Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC;
    writer.visit(version, flags, type, null, "java/lang/Object", interfaces);
    Type[] captured = Type.getArgumentTypes(factory);
    for (int i = 0; i < captured.length; i++) {
      writer.visitField(
          Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL,
          "f" + i,
          captured[i].getDescriptor(),
          null,
          null);
    }
    constructor(captured);
    if (captured.length == 0) constant();
    make(captured);
    call(captured);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void constructor(Type[] captured) {
    MethodVisitor code = begin(Opcodes.ACC_PRIVATE, "<init>", constructorDescriptor(captured));
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    int local = 1;
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitVarInsn(captured[i].getOpcode(Opcodes.ILOAD), local);
      code.visitFieldInsn(Opcodes.PUTFIELD, type, "f" + i, captured[i].getDescriptor());
      local += captured[i].getSize();
    }
    end(code, Type.VOID_TYPE);
  }

  /** What captures nothing is made once, as the JVM does. */
  private void constant() {
    writer.visitField(Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, "ONE", "L" + type + ";", null, null);
    MethodVisitor code = begin(Opcodes.ACC_STATIC, "<clinit>", "()V");
    code.visitTypeInsn(Opcodes.NEW, type);
    code.visitInsn(Opcodes.DUP);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "()V", false);
    code.visitFieldInsn(Opcodes.PUTSTATIC, type, "ONE", "L" + type + ";");
    end(code, Type.VOID_TYPE);
  }

  private void make(Type[] captured) {
    MethodVisitor code = begin(Opcodes.ACC_STATIC, "make", factory);
    if (captured.length == 0) {
      code.visitFieldInsn(Opcodes.GETSTATIC, type, "ONE", "L" + type + ";");
    } else {
      code.visitTypeInsn(Opcodes.NEW, type);
      code.visitInsn(Opcodes.DUP);
      int local = 0;
      for (Type one : captured) {
        code.visitVarInsn(one.getOpcode(Opcodes.ILOAD), local);
        local += one.getSize();
      }
      code.visitMethodInsn(
          Opcodes.INVOKESPECIAL, type, "<init>", constructorDescriptor(captured), false);
    }
    end(code, Type.getReturnType(factory));
  }

  private static String constructorDescriptor(Type[] captured) {
    return Type.getMethodDescriptor(Type.VOID_TYPE, captured);
  }

  private void call(Type[] captured) {
    MethodVisitor code = begin(Opcodes.ACC_PUBLIC, method, asked.getDescriptor());
    boolean constructs = called.getTag() == Opcodes.H_NEWINVOKESPECIAL;
    if (constructs) {
      code.visitTypeInsn(Opcodes.NEW, called.getOwner());
      code.visitInsn(Opcodes.DUP);
    }
    Type[] wanted = wanted();
    int at = 0;
    for (int i = 0; i < captured.length; i++) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitFieldInsn(Opcodes.GETFIELD, type, "f" + i, captured[i].getDescriptor());
      convert(code, captured[i], wanted[at++]);
    }
    Type[] parameters = asked.getArgumentTypes();
    Type[] known = given.getArgumentTypes();
    int local = 1;
    for (int i = 0; i < parameters.length; i++) {
      code.visitVarInsn(parameters[i].getOpcode(Opcodes.ILOAD), local);
      local += parameters[i].getSize();
      convert(code, parameters[i], known[i]);
      convert(code, known[i], wanted[at++]);
    }
    code.visitMethodInsn(
        opcode(), called.getOwner(), called.getName(), called.getDesc(), called.isInterface());
    Type result =
        constructs ? Type.getObjectType(called.getOwner()) : Type.getReturnType(called.getDesc());
    Type returned = asked.getReturnType();
    if (returned.getSort() != Type.VOID) {
      convert(code, result, given.getReturnType());
      convert(code, given.getReturnType(), returned);
    }
    end(code, returned);
  }

  /** The types of what is called: its receiver, where it has one, and its parameters. */
  private Type[] wanted() {
    Type[] parameters = Type.getArgumentTypes(called.getDesc());
    int tag = called.getTag();
    if (tag == Opcodes.H_INVOKESTATIC || tag == Opcodes.H_NEWINVOKESPECIAL) return parameters;
    Type[] all = new Type[parameters.length + 1];
    all[0] = Type.getObjectType(called.getOwner());
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    return all;
  }

  private int opcode() {
    switch (called.getTag()) {
      case Opcodes.H_INVOKESTATIC:
        return Opcodes.INVOKESTATIC;
      case Opcodes.H_NEWINVOKESPECIAL:
        return Opcodes.INVOKESPECIAL;
      case Opcodes.H_INVOKEINTERFACE:
        return Opcodes.INVOKEINTERFACE;
      case Opcodes.H_INVOKEVIRTUAL:
        return Opcodes.INVOKEVIRTUAL;
      default:
        throw new IllegalArgumentException("cannot call " + called);
    }
  }

  /** As {@code LambdaMetafactory} does: casts, boxes and unboxes, widens numbers. */
  private static void convert(MethodVisitor code, Type from, Type to) {
    if (from.equals(to)) return;
    boolean isObject = from.getSort() >= Type.ARRAY;
    if (isObject && to.getSort() >= Type.ARRAY) {
      if (!to.equals(OBJECT)) code.visitTypeInsn(Opcodes.CHECKCAST, to.getInternalName());
    } else if (isObject) {
      Type primitive = Wrapper.unboxed(from, to);
      String wrapper = Wrapper.of(primitive);
      if (!from.getInternalName().equals(wrapper)) code.visitTypeInsn(Opcodes.CHECKCAST, wrapper);
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL,
          wrapper,
          primitive.getClassName() + "Value",
          "()" + primitive.getDescriptor(),
          false);
      Wrapper.widen(code, primitive, to);
    } else if (to.getSort() >= Type.ARRAY) {
      String wrapper = Wrapper.of(from);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          wrapper,
          "valueOf",
          "(" + from.getDescriptor() + ")L" + wrapper + ";",
          false);
    } else {
      Wrapper.widen(code, from, to);
    }
  }

  private MethodVisitor begin(int flags, String name, String descriptor) {
    MethodVisitor code = writer.visitMethod(flags, name, descriptor, null, null);
    code.visitCode();
    return code;
  }

  private static void end(MethodVisitor code, Type returned) {
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
