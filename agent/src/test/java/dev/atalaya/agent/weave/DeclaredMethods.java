package dev.atalaya.agent.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;

/** What methods a class file declares, those without a body too. */
final class DeclaredMethods extends ClassVisitor {
  final String name;
  final boolean isInterface;
  final List<String> signatures = new ArrayList<>();

  /** Those with a body, to their annotations. */
  private final Map<String, List<String>> bodies = new LinkedHashMap<>();

  private DeclaredMethods(ClassReader reader) {
    super(OpenedClassReader.ASM_API);
    name = reader.getClassName();
    isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
  }

  static DeclaredMethods of(byte[] classFile) {
    ClassReader reader = OpenedClassReader.of(classFile);
    DeclaredMethods declared = new DeclaredMethods(reader);
    reader.accept(
        declared, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return declared;
  }

  boolean hasBodyOf(Rule rule, Rule.Method wanted) {
    for (Map.Entry<String, List<String>> body : bodies.entrySet()) {
      if (rule.annotation) {
        if (body.getValue().contains(rule.annotationDescriptor())) return true;
        continue;
      }
      int end = body.getKey().indexOf('(');
      if (wanted.matches(body.getKey().substring(0, end), body.getKey().substring(end))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    signatures.add(method + descriptor);
    List<String> annotations = new ArrayList<>();
    if ((access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0) {
      bodies.put(method + descriptor, annotations);
    }
    return new MethodVisitor(OpenedClassReader.ASM_API) {
      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        annotations.add(annotation);
        return null;
      }
    };
  }
}
