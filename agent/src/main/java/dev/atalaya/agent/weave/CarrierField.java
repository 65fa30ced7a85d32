package dev.atalaya.agent.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PRIVATE;
import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_SYNTHETIC;
import static net.bytebuddy.jar.asm.Opcodes.ACC_TRANSIENT;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.GETFIELD;
import static net.bytebuddy.jar.asm.Opcodes.PUTFIELD;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;

import dev.atalaya.bridge.Carrier;
import java.util.Arrays;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Makes a class a {@link Carrier}: one private transient field and the two methods to reach it.
 *
 * <p>Where a class and its superclass both get it, virtual dispatch uses the subclass's.
 */
final class CarrierField extends ClassVisitor {
  static final String FIELD = "atalaya$state";
  private static final String CARRIER = Carrier.class.getName().replace('.', '/');
  private static final String OBJECT = "Ljava/lang/Object;";

  private String owner = "";

  CarrierField(ClassVisitor next) {
    super(OpenedClassReader.ASM_API, next);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      String signature,
      String superName,
      String[] interfaces) {
    owner = name;
    String[] more = Arrays.copyOf(interfaces, interfaces.length + 1);
    more[interfaces.length] = CARRIER;
    String generic = signature == null ? null : signature + "L" + CARRIER + ";";
    super.visit(version, access, name, generic, superName, more);
  }

  @Override
  public void visitEnd() {
    super.visitField(ACC_PRIVATE | ACC_TRANSIENT | ACC_SYNTHETIC, FIELD, OBJECT, null, null)
        .visitEnd();
    MethodVisitor get =
        super.visitMethod(ACC_PUBLIC | ACC_SYNTHETIC, FIELD, "()" + OBJECT, null, null);
    get.visitCode();
    get.visitVarInsn(ALOAD, 0);
    get.visitFieldInsn(GETFIELD, owner, FIELD, OBJECT);
    get.visitInsn(ARETURN);
    get.visitMaxs(1, 1);
    get.visitEnd();
    MethodVisitor set =
        super.visitMethod(ACC_PUBLIC | ACC_SYNTHETIC, FIELD, "(" + OBJECT + ")V", null, null);
    set.visitCode();
    set.visitVarInsn(ALOAD, 0);
    set.visitVarInsn(ALOAD, 1);
    set.visitFieldInsn(PUTFIELD, owner, FIELD, OBJECT);
    set.visitInsn(RETURN);
    set.visitMaxs(2, 2);
    set.visitEnd();
    super.visitEnd();
  }
}
