package dev.atalaya.agent.weave;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import org.jspecify.annotations.Nullable;

/** Gives advice the {@link Name} of the method it is woven into, as a constant. */
final class Named implements Advice.OffsetMapping {
  private final Rule rule;

  Named(Rule rule) {
    this.rule = rule;
  }

  static boolean isAnnotated(MethodDescription method, Rule rule) {
    return annotation(method, rule) != null;
  }

  @Override
  public Target resolve(
      TypeDescription type,
      MethodDescription method,
      Assigner assigner,
      Advice.ArgumentHandler arguments,
      Sort sort) {
    return new Target.ForStackManipulation(new TextConstant(name(type, method)));
  }

  private String name(TypeDescription type, MethodDescription method) {
    AnnotationDescription annotation = annotation(method, rule);
    Object value = annotation == null ? "" : annotation.getValue("value").resolve();
    if (value instanceof String && !((String) value).isEmpty()) return (String) value;
    String dotted = type.getName();
    return dotted.substring(dotted.lastIndexOf('.') + 1) + "." + method.getInternalName();
  }

  private static @Nullable AnnotationDescription annotation(MethodDescription method, Rule rule) {
    for (AnnotationDescription candidate : method.getDeclaredAnnotations()) {
      String descriptor = candidate.getAnnotationType().getDescriptor();
      if (descriptor.equals(rule.annotationDescriptor())) return candidate;
    }
    return null;
  }
}
