package shop.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PopularityTest {
  private static final int DRAWS = 100_000;

  @Test
  void the_first_is_wanted_twice_as_often_as_the_second_and_ten_times_as_the_tenth() {
    Popularity popularity = new Popularity(1_000);
    int[] wanted = new int[1_001];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      wanted[popularity.next(random)]++;
    }
    double first = wanted[popularity.ranked(0)];
    assertEquals(DRAWS / 7.485, first, DRAWS * 0.005, "one by the sum of 1/rank");
    assertEquals(2, first / wanted[popularity.ranked(1)], 0.15);
    assertEquals(10, first / wanted[popularity.ranked(9)], 1.5);
  }

  @Test
  void each_thing_has_one_rank_and_the_popular_are_not_neighbours() {
    Popularity popularity = new Popularity(200);
    boolean[] there = new boolean[201];
    for (int rank = 0; rank < 200; rank++) {
      there[popularity.ranked(rank)] = true;
    }
    for (int thing = 1; thing <= 200; thing++) {
      assertTrue(there[thing], "thing " + thing);
    }
    assertTrue(Math.abs(popularity.ranked(0) - popularity.ranked(1)) > 1);
  }

  @Test
  void it_is_the_same_in_each_run() {
    assertEquals(new Popularity(500).ranked(3), new Popularity(500).ranked(3));
  }

  @Test
  void one_thing_is_always_wanted() {
    assertEquals(1, new Popularity(1).next(new SplittableRandom(7)));
  }
}
