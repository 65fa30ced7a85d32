package dev.atalaya.agent.weave;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;

/** Gives advice its {@link HookNumber}, as a constant. */
final class Numbered implements Advice.OffsetMapping.Factory<HookNumber> {
  private final HookNumbers numbers;

  Numbered(HookNumbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public Class<HookNumber> getAnnotationType() {
    return HookNumber.class;
  }

  @Override
  public Advice.OffsetMapping make(
      ParameterDescription.InDefinedShape target,
      AnnotationDescription.Loadable<HookNumber> annotation,
      AdviceType adviceType) {
    TypeDescription hooks = annotation.getValue("in").resolve(TypeDescription.class);
    String event = annotation.getValue("event").resolve(String.class);
    int number = numbers.of(hooks.getName(), event);
    return (type, method, assigner, arguments, sort) ->
        new Advice.OffsetMapping.Target.ForStackManipulation(IntegerConstant.forValue(number));
  }
}
