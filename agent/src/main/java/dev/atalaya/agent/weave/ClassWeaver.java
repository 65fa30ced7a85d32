package dev.atalaya.agent.weave;

import dev.atalaya.agent.state.StateField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.TypeInitializer;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.auxiliary.AuxiliaryType;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Weaves advice into one class file: Byte Buddy's {@link Advice} on each matched method, over a
 * plain reader and writer.
 *
 * <p>Not Byte Buddy's own class builder: that costs some hundred classes more at start-up, and it
 * takes every method apart, where here those that are not matched are copied as bytes. A class of
 * its own so that Byte Buddy loads with the first class woven.
 */
final class ClassWeaver {
  private final AdviceFactory advice;
  private final Modules modules;
  private final @Nullable FieldAccess fields;
  private final HookNumbers hooks;

  ClassWeaver(java.lang.instrument.Instrumentation jvm, HookNumbers hooks) {
    this.hooks = hooks;
    advice = new AdviceFactory(ClassWeaver.class.getClassLoader(), hooks);
    modules = new Modules(jvm);
    FieldAccess access = FieldAccess.open(jvm);
    fields = access;
    if (access != null) StateField.findBy(type -> GrownClasses.field(access, type));
  }

  byte[] weave(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> loaded,
      byte[] classFile,
      List<Rule> rules) {
    ClassReader reader = OpenedClassReader.of(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    if (loader != null) modules.prepare(loader, name);
    boolean grows = grows(loader, name, loaded, reader.getSuperName(), rules);
    ClassVisitor visitor = grows ? new AddedField(writer) : writer;
    List<Rule> advised = new ArrayList<>(rules);
    if (advised.removeIf(rule -> rule.byHand)) {
      visitor = new ByHand(visitor, reader, rules, hooks, grows);
    }
    if (!advised.isEmpty()) visitor = advise(visitor, loader, name, classFile, advised);
    reader.accept(visitor, ClassReader.EXPAND_FRAMES);
    byte[] woven = writer.toByteArray();
    if (grows) GrownClasses.add(loader, name);
    return woven;
  }

  private ClassVisitor advise(
      ClassVisitor next,
      @Nullable ClassLoader loader,
      String name,
      byte[] classFile,
      List<Rule> rules) {
    String dotted = name.replace('/', '.');
    ClassFileLocator files =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(dotted, classFile),
            loader == null
                ? ClassFileLocator.ForClassLoader.ofBootLoader()
                : ClassFileLocator.ForClassLoader.of(loader));
    TypePool types =
        new TypePool.Default.WithLazyResolution(
            new TypePool.CacheProvider.Simple(), files, TypePool.Default.ReaderMode.FAST);
    return new Weave(next, types.describe(dotted).resolve(), types, rules, classFile);
  }

  /**
   * Whether the class has, or gets, the field. A loaded class has it only if it was loaded with it.
   */
  private boolean grows(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> loaded,
      @Nullable String superName,
      List<Rule> rules) {
    if (loaded != null) return GrownClasses.contain(loader, name);
    if (fields == null) return false;
    boolean inherits = GrownClasses.contain(loader, superName);
    for (Rule rule : rules) {
      if (rule.brackets() || rule.stateHolder && !inherits) return true;
    }
    return false;
  }

  private final class Weave extends ClassVisitor {
    private final TypeDescription type;
    private final TypePool types;
    private final List<Rule> rules;
    private final Implementation.Context context;
    private final byte[] classFile;
    private final Map<String, MethodDescription> methods = new HashMap<>();

    Weave(
        ClassVisitor next,
        TypeDescription type,
        TypePool types,
        List<Rule> rules,
        byte[] classFile) {
      super(OpenedClassReader.ASM_API, next);
      this.type = type;
      this.types = types;
      this.rules = rules;
      this.classFile = classFile;
      ClassFileVersion version = ClassFileVersion.ofClassFile(classFile);
      context =
          Implementation.Context.Disabled.Factory.INSTANCE.make(
              type,
              new AuxiliaryType.NamingStrategy.SuffixingRandom("atalaya"),
              TypeInitializer.None.INSTANCE,
              version,
              version);
      for (MethodDescription method : type.getDeclaredMethods()) {
        methods.put(method.getInternalName() + method.getDescriptor(), method);
      }
    }

    private boolean isPublicInstanceMethod(int access) {
      return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC)) == Opcodes.ACC_PUBLIC;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0) return visitor;
      Set<String> applied = new HashSet<>();
      for (Rule rule : rules) {
        boolean named = false;
        for (Rule.Method wanted : rule.methods) {
          MethodDescription method = methods.get(name + descriptor);
          if (method == null) continue;
          if (rule.annotation
              ? !Named.isAnnotated(method, rule)
              : !wanted.matches(name, descriptor)) {
            continue;
          }
          if (wanted.others && (named || !isPublicInstanceMethod(access))) continue;
          named = true;
          // Two rules may name one class, by its name and by a type above it.
          if (!applied.add(wanted.advice)) continue;
          if (rule.leftToSuper && SuperCall.in(classFile, name, descriptor)) continue;
          visitor =
              advice
                  .of(rule, wanted)
                  .wrap(type, method, visitor, context, types, 0, ClassReader.EXPAND_FRAMES);
        }
      }
      return visitor;
    }
  }
}
