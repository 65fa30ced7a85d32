package shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** What keys are called, and for how long they live. */
class KeysTest {
  record Old(String name, Inner inner) {}

  record New(String name, Inner inner, int stock) {}

  record Inner(List<String> words) {}

  @Test
  void short_keys_are_read_as_they_are_and_others_fit_into_memcached() {
    Names names = new Names("shop:1", "product");

    assertThat(names.shared("17")).isEqualTo("shop:1:product:17");
    assertThat(names.shared("x".repeat(9000))).hasSizeLessThan(250);
    assertThat(names.shared("a b")).doesNotContain(" ").isNotEqualTo(names.shared("a c"));
  }

  @Test
  void another_shape_has_other_keys() {
    assertThat(Shape.of(Old.class)).isEqualTo(Shape.of(Old.class));
    assertThat(Shape.of(Old.class)).isNotEqualTo(Shape.of(New.class));
    assertThat(Shape.of(new TypeReference<List<Old>>() {}.getType()))
        .isNotEqualTo(Shape.of(new TypeReference<List<New>>() {}.getType()));
  }

  @Test
  void values_do_not_expire_together() {
    Set<Duration> lives = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      lives.add(new Ttl(Duration.ofSeconds(100)).next());
    }

    assertThat(lives).hasSizeGreaterThan(50);
    assertThat(lives).allMatch(life -> life.toSeconds() >= 79 && life.toSeconds() <= 100);
  }
}
