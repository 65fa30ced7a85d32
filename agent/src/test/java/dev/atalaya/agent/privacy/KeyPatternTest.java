package dev.atalaya.agent.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          user:123:cart => user:{}:cart
          user => user
          42 => {}
          product_42 => product_{}
          cache::orders::7 => cache::orders::{}
          v1:orders => v1:orders
          session:550e8400-e29b-41d4-a716-446655440000 => session:{}
          session:abcdefab-cdef-abcd-efab-cdefabcdefab => session:{}
          hash:deadbeefcafe => hash:{}
          hash:d41d8cd98f00b204e9800998ecf8427e => hash:{}
          token:QWxhZGRpbjpvcGVuIHNlc2FtZQ => token:{}
          token:aGVs-bG8_d29ybGQxMjM0 => token:{}
          mail:ann@example.com:seen => mail:{}:seen
          day:2026-01-31 => day:{}
          rate:10.0.0.1 => rate:{}
          a.b-c_d|e => a.b-c_d|e
          {user:7}:cart => {user:{}}:cart
          customer:Jürgen => customer:{}
          users::SimpleKey [7,x y] => users::{}[{},{}]
          shoppingCartItems:7 => shoppingCartItems:{}
          user:{}:cart => user:{}:cart
          """)
  void what_tells_entries_apart_folds(String key, String pattern) {
    assertEquals(pattern, KeyPattern.of(key));
    assertEquals(pattern, KeyPattern.of(pattern));
  }

  @Test
  void bytes_fold_as_text_does_and_what_is_no_text_folds() {
    assertEquals("user:{}", KeyPattern.of("user:7".getBytes(StandardCharsets.US_ASCII)));
    assertEquals("{}:cart", KeyPattern.of(new byte[] {-84, -19, 0, 5, ':', 'c', 'a', 'r', 't'}));
  }

  @Test
  void a_pattern_is_short() {
    assertTrue(KeyPattern.of("word:".repeat(1_000)).length() <= 255);
    assertEquals("{}", KeyPattern.of("a".repeat(5_000_000)));
    assertEquals("", KeyPattern.of(""));
  }

  @Test
  void random_ids_leave_nothing() {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      byte[] bytes = new byte[24];
      random.nextBytes(bytes);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      String uuid = new UUID(random.nextLong(), random.nextLong()).toString();
      assertEquals("t:{}:{}", KeyPattern.of("t:" + token + ":" + uuid), token);
      assertFalse(KeyPattern.of("n:" + random.nextInt()).matches(".*\\d.*"));
    }
  }
}
