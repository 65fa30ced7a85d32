package shop.cache;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A type's fields as a short name, for the keys: a release whose records have other fields reads
 * and writes under other keys.
 */
final class Shape {
  private final Set<Type> described = new HashSet<>();
  private final StringBuilder fields = new StringBuilder();

  private Shape() {}

  static String of(Type type) {
    Shape shape = new Shape();
    shape.describe(type);
    CRC32 crc = new CRC32();
    crc.update(shape.fields.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  private void describe(Type type) {
    fields.append(type.getTypeName());
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        describe(argument);
      }
    } else if (type instanceof Class<?> record && record.isRecord() && described.add(type)) {
      for (RecordComponent field : record.getRecordComponents()) {
        fields.append(' ').append(field.getName()).append(':');
        describe(field.getGenericType());
      }
    }
  }
}
