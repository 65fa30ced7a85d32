package dev.atalaya.agent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void what_is_written_reads_back_the_same() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("text", "a \"b\" \\ \n\r\t \u0001 é \uD83D\uDE00");
    object.put("number", 1.5);
    object.put("flags", Arrays.asList(true, false, null));
    object.put("empty", List.of(Map.of(), List.of()));

    assertEquals(object, Json.parse(Json.write(object)));
  }

  @Test
  void whole_numbers_have_no_point_and_infinite_ones_are_text() {
    assertEquals("[1,2,9007199254740993]", Json.write(List.of(1, 2.0, 9007199254740993L)));
    assertEquals("[\"NaN\",\"Infinity\"]", Json.write(List.of(Double.NaN, 1 / 0.0)));
  }

  @Test
  void only_numbers_are_shortened() {
    assertEquals("3", Json.text(3.0));
    assertEquals("3.0", Json.text("3.0"));
    assertEquals("[\"3.0\",null,true]", Json.write(Arrays.asList("3.0", null, true)));
  }

  @Test
  void control_characters_and_lone_surrogates_are_escaped() {
    assertEquals("\"\\u0001\\ud83d\"", Json.write("\u0001\uD83D"));
    String unseen = "\u007f\u0085\u2028\u202e\ufeff";
    assertEquals("\"\\u007f\\u0085\\u2028\\u202e\\ufeff\"", Json.write(unseen));
    assertEquals(unseen, Json.parse(Json.write(unseen)));
  }

  @Test
  void what_is_no_json_is_refused() {
    List<String> wrong = new ArrayList<>();
    wrong.addAll(List.of("", "{", "[", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"", "\"\\"));
    wrong.addAll(List.of("\"\\u12", "\"\\u12g4\"", "nul", "1 2", "--1", "[]]", "[".repeat(100)));
    for (String text : wrong) {
      assertThrows(IllegalArgumentException.class, () -> Json.parse(text), text);
    }
  }
}
