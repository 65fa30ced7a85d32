package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoBufferTest {
  private final ProtoBuffer buffer = new ProtoBuffer(1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 60, 61, 62, 63, 125, 126, 127, 128, 5_000, 16_370, 16_379, 16_384})
  void nested_message_of_any_length_is_read_back(int length) throws Exception {
    String text = "x".repeat(length);
    for (int i = 0; i < 2; i++) {
      int message = buffer.begin(0x0A);
      buffer.string(0x0A, text);
      buffer.end(message);
    }

    ArrayValue read = ArrayValue.parseFrom(buffer.toByteArray());

    assertEquals(text, read.getValues(0).getStringValue());
    assertEquals(text, read.getValues(1).getStringValue());
    assertEquals(read.getSerializedSize(), buffer.length, "lengths are minimal");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void whole_number_is_read_back(long number) throws Exception {
    buffer.attribute(0x0A, ProtoBuffer.key("n"), number);

    assertEquals(number, onlyAttribute().getValue().getIntValue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "Grüße", "\u20AC", "a\uD83D\uDE00b", "日本語"})
  void text_is_utf_8(String text) throws Exception {
    buffer.attribute(0x0A, ProtoBuffer.key("ключ"), text);

    assertEquals(text, onlyAttribute().getValue().getStringValue());
    assertEquals("ключ", onlyAttribute().getKey());
  }

  @Test
  void half_a_surrogate_becomes_the_replacement_character() throws Exception {
    buffer.attribute(0x0A, ProtoBuffer.key("k"), "a\uDC00b\uD800");

    assertEquals("a\uFFFDb\uFFFD", onlyAttribute().getValue().getStringValue());
  }

  @Test
  void long_text_is_cut_but_never_between_surrogates() throws Exception {
    String text = "x".repeat(ProtoBuffer.LONGEST - 1) + "\uD83D\uDE00tail";
    buffer.string(0x0A, text);

    AnyValue read = AnyValue.parseFrom(buffer.toByteArray());

    assertEquals("x".repeat(ProtoBuffer.LONGEST - 1), read.getStringValue());
  }

  private KeyValue onlyAttribute() throws Exception {
    return KeyValueList.parseFrom(buffer.toByteArray()).getValues(0);
  }
}
