package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimesTest {

  @Test
  void a_quantile_is_the_least_time_that_so_many_did_not_exceed() {
    List<Long> millis = new ArrayList<>();
    for (long i = 1; i <= 200; i++) {
      millis.add(i);
    }
    Collections.shuffle(millis, new Random(1));
    assertEquals(new Times(200, 100.5, 100, 190, 198, 200), Times.of(millis));
  }

  @Test
  void few_times_have_quantiles_that_were_measured() {
    assertEquals(new Times(1, 7, 7, 7, 7, 7), Times.of(List.of(7L)));
    assertEquals(new Times(3, 4, 2, 9, 9, 9), Times.of(List.of(9L, 1L, 2L)));
  }

  @Test
  void no_times_are_zero() {
    assertEquals(new Times(0, 0, 0, 0, 0, 0), Times.of(List.of()));
  }
}
