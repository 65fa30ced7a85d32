package dev.atalaya.it;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With {@code -Dlibrary=lettuce}, leaves out every test but those that have the word in their
 * class's or method's name, or in their row. JUnit finds this by META-INF/services.
 */
public final class OneLibrary implements ExecutionCondition, InvocationInterceptor {
  private static final String LIBRARY = System.getProperty("library", "").toLowerCase(Locale.ROOT);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (LIBRARY.isEmpty() || isAboutIt(context)) {
      return ConditionEvaluationResult.enabled(null);
    }
    return ConditionEvaluationResult.disabled("not about " + LIBRARY);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extensionContext)
      throws Throwable {
    Class<?> test = extensionContext.getRequiredTestClass();
    Stream<String> row = context.getArguments().stream().map(String::valueOf);
    Assumptions.assumeTrue(
        isNamed(test.getSimpleName())
            || isNamed(context.getExecutable().getName())
            || row.anyMatch(OneLibrary::isNamed),
        () -> "not about " + LIBRARY);
    invocation.proceed();
  }

  private static boolean isAboutIt(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    return isNamed(test.getSimpleName())
        || context
            .getTestMethod()
            .map(OneLibrary::isAboutIt)
            .orElseGet(
                () -> Arrays.stream(test.getDeclaredMethods()).anyMatch(OneLibrary::isAboutIt));
  }

  private static boolean isAboutIt(Method test) {
    return isNamed(test.getName()) || rows(test).stream().anyMatch(OneLibrary::isNamed);
  }

  private static List<String> rows(Method test) {
    CsvSource csv = test.getAnnotation(CsvSource.class);
    ValueSource values = test.getAnnotation(ValueSource.class);
    MatrixSource matrix = test.getAnnotation(MatrixSource.class);
    return Stream.of(
            csv == null ? new String[0] : csv.value(),
            values == null ? new String[0] : values.strings(),
            matrix == null || !MatrixSource.ON ? new String[0] : matrix.value())
        .flatMap(Stream::of)
        .toList();
  }

  private static boolean isNamed(String text) {
    return text.toLowerCase(Locale.ROOT).contains(LIBRARY);
  }
}
