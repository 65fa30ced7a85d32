package dev.atalaya.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Rows for a parameterized test, values with commas between and {@code ''} for an empty one, that
 * are run with the profile {@code matrix} alone, as {@code .ci/run} does.
 *
 * <p>A library's oldest and newest version, and the oldest and newest Java, find most of what goes
 * wrong and are in every build, as rows of a {@code CsvSource}. The versions between are rows of
 * this: they grow in number with each library, and a build has to stay short enough to be run.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(MatrixSource.Rows.class)
public @interface MatrixSource {
  /** Whether this build runs them. */
  boolean ON = Boolean.getBoolean("atalaya.matrix");

  String[] value();

  /** Reads the rows. */
  final class Rows extends AnnotationBasedArgumentsProvider<MatrixSource> {
    @Override
    protected Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context, MatrixSource source) {
      return ON ? Stream.of(source.value()).map(Rows::arguments) : Stream.empty();
    }

    private static Arguments arguments(String row) {
      return Arguments.of(
          Arrays.stream(row.split(" *, *", -1))
              .map(value -> value.equals("''") ? "" : value)
              .toArray());
    }
  }
}
