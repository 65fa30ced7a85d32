package shop.cache;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** A cache's values as the second tier has them. */
final class Json<V> {
  private static final Logger log = LoggerFactory.getLogger(Json.class);

  private final ObjectReader reader;
  private final ObjectWriter writer;

  Json(JsonMapper mapper, Type type) {
    this.reader = mapper.readerFor(mapper.constructType(type));
    this.writer = mapper.writerFor(mapper.constructType(type));
  }

  String write(V value) {
    return writer.writeValueAsString(value);
  }

  /** Null where there is nothing, or nothing that can be read. */
  @Nullable V read(@Nullable String value) {
    if (value == null) {
      return null;
    }
    try {
      return reader.readValue(value);
    } catch (JacksonException damaged) {
      log.warn("A cached value cannot be read: {}", damaged.getOriginalMessage());
      return null;
    }
  }
}
