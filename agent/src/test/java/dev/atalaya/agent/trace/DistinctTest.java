package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.privacy.Hash;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctTest {
  private static final int SEEDS = 20;

  @Test
  void up_to_32_it_counts_exactly() {
    Distinct distinct = new Distinct();
    assertEquals(0, distinct.estimate());
    Random random = new Random(1);
    Set<Integer> seen = new HashSet<>();
    while (seen.size() < 32) {
      int hash = random.nextInt();
      distinct.add(hash);
      seen.add(hash);
      assertEquals(seen.size(), distinct.estimate());
      for (int known : seen) distinct.add(known);
      assertEquals(seen.size(), distinct.estimate());
    }
    distinct.add(7);
    assertTrue(distinct.estimate() > 32);
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 100, 1_000, 10_000, 100_000, 1_000_000})
  void beyond_it_errs_by_less_than_a_tenth_on_average_and_never_by_much(int values) {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Set<Integer> seen = values > 100_000 ? null : new HashSet<>();
      Distinct distinct = new Distinct();
      for (int i = 0; i < values; i++) {
        int hash = random.nextInt();
        if (seen != null && !seen.add(hash)) continue;
        distinct.add(hash);
      }
      sum += error(distinct, seen == null ? values : seen.size());
    }
    assertTrue(sum / SEEDS < 0.1, "mean error " + sum / SEEDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000, 100_000, 1_000_000})
  void numbers_in_a_row_are_as_good_as_random_ones(int values) {
    IntUnaryOperator[] rows = {
      i -> i, i -> -i, i -> 1024 * i, i -> i << 12 | i >>> 20, i -> 31 * i
    };
    double sum = 0;
    for (IntUnaryOperator row : rows) {
      Distinct distinct = new Distinct();
      for (int i = 1; i <= values; i++) distinct.add(row.applyAsInt(i));
      sum += error(distinct, values);
    }
    assertTrue(sum / rows.length < 0.15, "mean error " + sum / rows.length);
  }

  @Test
  void what_comes_again_changes_nothing() {
    for (int values : new int[] {3, 32, 33, 5_000}) {
      Distinct distinct = new Distinct();
      for (int i = 1; i <= values; i++) distinct.add(i * 0x9e3779b9);
      int estimate = distinct.estimate();
      for (int round = 0; round < 3; round++) {
        for (int i = values; i > 0; i--) distinct.add(i * 0x9e3779b9);
      }
      assertEquals(estimate, distinct.estimate());
    }
  }

  @Test
  void one_unknown_value_makes_their_number_unknown() {
    for (int values : new int[] {0, 3, 32, 5_000}) {
      Distinct distinct = new Distinct();
      for (int i = 1; i <= values; i++) distinct.add(i * 0x9e3779b9);
      distinct.add(Hash.UNKNOWN);
      assertEquals(0, distinct.estimate());
      for (int i = 1; i <= 100; i++) distinct.add(i);
      assertEquals(0, distinct.estimate());
    }
  }

  @Test
  void it_never_falls_far_as_values_come() {
    Distinct distinct = new Distinct();
    Random random = new Random(3);
    int before = 0;
    for (int i = 0; i < 20_000; i++) {
      distinct.add(random.nextInt());
      int now = distinct.estimate();
      assertTrue(now >= before * 0.75, before + " then " + now);
      before = Math.max(before, now);
    }
  }

  private static double error(Distinct distinct, int values) {
    double error = Math.abs(distinct.estimate() - values) / (double) values;
    assertTrue(error < 0.35, distinct.estimate() + " for " + values);
    return error;
  }
}
