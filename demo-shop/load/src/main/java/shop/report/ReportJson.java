package shop.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import shop.load.Endpoint;

/**
 * report.json: the records of {@link Comparison}, their fields in snake case. What is not known is
 * null. {@code demo-shop/load/report-json.md} says what each field means.
 */
final class ReportJson {
  private ReportJson() {}

  static String of(Comparison comparison) {
    try {
      return new ObjectMapper()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .enable(SerializationFeature.INDENT_OUTPUT)
              .registerModule(values())
              .writeValueAsString(comparison)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record that is no JSON", e);
    }
  }

  private interface Writing<T> {
    void write(T value, JsonGenerator json) throws IOException;
  }

  private static SimpleModule values() {
    return new SimpleModule()
        .addSerializer(Double.class, as(ReportJson::number))
        .addSerializer(double.class, as(ReportJson::number))
        .addSerializer(Instant.class, as((at, json) -> json.writeString(at.toString())))
        .addSerializer(Endpoint.class, as(ReportJson::endpoint))
        .addSerializer(
            Enum.class, as((one, json) -> json.writeString(one.name().toLowerCase(Locale.ROOT))));
  }

  /** Four significant digits and more; JSON has neither infinity nor what is not a number. */
  private static void number(Double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(Math.rint(value * 10_000) / 10_000);
    } else {
      json.writeNull();
    }
  }

  private static void endpoint(Endpoint endpoint, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("title", endpoint.title());
    json.writeStringField("method", endpoint.method());
    json.writeStringField("route", endpoint.route());
    json.writeStringField("class", endpoint.kind().name().toLowerCase(Locale.ROOT));
    json.writeEndObject();
  }

  private static <T> JsonSerializer<T> as(Writing<T> writing) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider all)
          throws IOException {
        writing.write(value, json);
      }
    };
  }
}
