package dev.atalaya.packing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Makes classes of the agent's lambdas and method references.
 *
 * <p>A lambda's class is spun when its line first runs, in the application's start: by method
 * handles and generated code, which the JIT then compiles. That takes several times what loading a
 * small class does. So {@code invokedynamic} becomes a call of {@code make}, a static method of a
 * class that is in the jar, which holds what is captured and calls what the lambda would have
 * called. Where that is a private method, as a lambda's body is, it is opened to its package, under
 * a name that no subclass has.
 */
final class Lambdas extends ClassVisitor {
  private static final String METAFACTORY = "java/lang/invoke/LambdaMetafactory";

  private final Map<String, byte[]> made = new HashMap<>();
  private final Set<String> opened = new HashSet<>();
  private final String owner;
  private final int version;
  private final boolean isInterface;

  private Lambdas(ClassReader reader, ClassVisitor next) {
    super(OpenedClassReader.ASM_API, next);
    owner = reader.getClassName();
    version = reader.readUnsignedShort(6);
    isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
    Targets targets = new Targets();
    reader.accept(targets, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    opened.addAll(targets.called);
    opened.retainAll(targets.ofClass);
  }

  /** The class as it goes into the jar, and those of its lambdas, by internal name. */
  static Map<String, byte[]> of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(0);
    Lambdas lambdas = new Lambdas(reader, writer);
    reader.accept(lambdas, 0);
    lambdas.made.put(lambdas.owner, writer.toByteArray());
    return lambdas.made;
  }

  private static boolean isLambda(Handle bootstrap) {
    return bootstrap.getOwner().equals(METAFACTORY) && bootstrap.getName().equals("metafactory");
  }

  @Override
  public MethodVisitor visitMethod(
      int flags, String name, String descriptor, String signature, String[] exceptions) {
    boolean opens = opened.contains(name + descriptor);
    int open = flags & ~Opcodes.ACC_PRIVATE | (isInterface ? Opcodes.ACC_PUBLIC : 0);
    MethodVisitor next =
        super.visitMethod(
            opens ? open : flags, renamed(name, descriptor), descriptor, signature, exceptions);
    return new MethodVisitor(OpenedClassReader.ASM_API, next) {
      @Override
      public void visitInvokeDynamicInsn(
          String method, String factory, Handle bootstrap, Object... arguments) {
        if (!isLambda(bootstrap)) {
          super.visitInvokeDynamicInsn(method, factory, bootstrap, arguments);
          return;
        }
        String type = owner + "$L" + made.size();
        Type asked = (Type) arguments[0];
        Type given = (Type) arguments[2];
        Handle called = reachable((Handle) arguments[1]);
        made.put(type, new Lambda(type, method, factory, asked, given, called).bytes(version));
        super.visitMethodInsn(Opcodes.INVOKESTATIC, type, "make", factory, false);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String type, String method, String methodDescriptor, boolean ofInterface) {
        String called = type.equals(owner) ? renamed(method, methodDescriptor) : method;
        super.visitMethodInsn(opcode, type, called, methodDescriptor, ofInterface);
      }
    };
  }

  private Handle reachable(Handle called) {
    if (!called.getOwner().equals(owner)) return called;
    boolean special = called.getTag() == Opcodes.H_INVOKESPECIAL;
    int virtual = isInterface ? Opcodes.H_INVOKEINTERFACE : Opcodes.H_INVOKEVIRTUAL;
    return new Handle(
        special ? virtual : called.getTag(),
        owner,
        renamed(called.getName(), called.getDesc()),
        called.getDesc(),
        called.isInterface());
  }

  private String renamed(String name, String descriptor) {
    if (name.equals("<init>") || !opened.contains(name + descriptor)) return name;
    return name + "$" + owner.substring(owner.lastIndexOf('/') + 1);
  }

  /** The private methods of a class, and what its lambdas call of it. */
  private final class Targets extends ClassVisitor {
    private final Set<String> ofClass = new HashSet<>();
    private final Set<String> called = new HashSet<>();

    Targets() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public MethodVisitor visitMethod(
        int flags, String name, String descriptor, String signature, String[] exceptions) {
      if ((flags & Opcodes.ACC_PRIVATE) != 0) ofClass.add(name + descriptor);
      return new MethodVisitor(OpenedClassReader.ASM_API) {
        @Override
        public void visitInvokeDynamicInsn(
            String method, String factory, Handle bootstrap, Object... arguments) {
          if (!isLambda(bootstrap)) return;
          Handle target = (Handle) arguments[1];
          if (target.getOwner().equals(owner)) called.add(target.getName() + target.getDesc());
        }
      };
    }
  }
}
