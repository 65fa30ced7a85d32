package dev.atalaya.agent.weave;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Writes a {@link Bracket} or a {@link BeforeCall} into the methods whose rules want one. */
final class ByHand extends ClassVisitor {
  private final List<Rule> rules;
  private final HookNumbers hooks;
  private final boolean hasField;
  private final Map<String, Integer> maxLocals = new HashMap<>();
  private String type = "";
  private boolean hasFrames;

  ByHand(
      ClassVisitor next,
      ClassReader classFile,
      List<Rule> rules,
      HookNumbers hooks,
      boolean hasField) {
    super(OpenedClassReader.ASM_API, next);
    this.rules = rules;
    this.hooks = hooks;
    this.hasField = hasField;
    classFile.accept(new Locals(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String[] interfaces) {
    super.visit(version, access, name, signature, superName, interfaces);
    type = name;
    hasFrames = (version & 0xffff) >= Opcodes.V1_6;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
    Integer locals = maxLocals.get(name + descriptor);
    if (locals == null) return next;
    for (Rule rule : rules) {
      Rule.Method wanted = wanted(rule, name, descriptor);
      if (wanted == null) continue;
      if (wanted.isBeforeCall()) return new BeforeCall(next, rule, wanted, hooks);
      return new Bracket(next, rule, wanted, hooks, type, hasField, hasFrames, locals);
    }
    return next;
  }

  private static Rule.@Nullable Method wanted(Rule rule, String name, String descriptor) {
    if (!rule.byHand) return null;
    for (Rule.Method method : rule.methods) if (method.matches(name, descriptor)) return method;
    return null;
  }

  /**
   * How many local variables each wanted method has: a class file says so behind the method's code.
   */
  private final class Locals extends ClassVisitor {
    Locals() {
      super(OpenedClassReader.ASM_API);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_STATIC) != 0) return null;
      for (Rule rule : rules) {
        if (wanted(rule, name, descriptor) == null) continue;
        return new MethodVisitor(OpenedClassReader.ASM_API) {
          @Override
          public void visitMaxs(int maxStack, int max) {
            maxLocals.put(name + descriptor, max);
          }
        };
      }
      return null;
    }
  }
}
