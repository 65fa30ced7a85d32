package dev.atalaya.agent.metrics;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The series of one metric, by their labels, within bounds.
 *
 * <p>A label takes at most 200 values, the empty one and {@code _other} among them; further ones
 * become {@code _other}. The metric takes at most 2,000 label sets: from 1,900 on the label with
 * the most values gives way, and the very last set has {@code _other} everywhere. Nothing is ever
 * removed. Finding a series that exists takes no lock.
 */
final class Series<T> {
  static final String OTHER = "_other";
  static final int MAX_VALUES = 200;
  static final int MAX_SETS = 2_000;
  private static final int CROWDED = 1_900;

  private final Set<String>[] values;
  private final Function<String[], T> maker;
  private final ConcurrentMap<Labels, T> series = new ConcurrentHashMap<>();

  /** {@code maker} is given the labels that the new series will have. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  Series(int labels, Function<String[], T> maker) {
    this.maker = maker;
    values = new Set[labels];
    for (int i = 0; i < labels; i++) {
      values[i] = ConcurrentHashMap.newKeySet();
      values[i].add("");
      values[i].add(OTHER);
    }
  }

  /** The series for these labels, or the overflow's. */
  T get(String... labels) {
    T known = find(labels);
    return known != null ? known : make(bounded(labels));
  }

  /** As {@link #get}, but null where that would make a new one. */
  @Nullable T find(String... labels) {
    T known = series.get(new Labels(labels));
    return known != null ? known : series.get(new Labels(bounded(labels)));
  }

  int size() {
    return series.size();
  }

  void forEach(BiConsumer<String[], T> reader) {
    series.forEach((labels, one) -> reader.accept(labels.values.clone(), one));
  }

  private String[] bounded(String[] labels) {
    String[] bounded = labels.clone();
    for (int i = 0; i < bounded.length; i++) {
      Set<String> taken = values[i];
      if (!taken.contains(bounded[i]) && taken.size() >= MAX_VALUES) bounded[i] = OTHER;
    }
    return bounded;
  }

  private synchronized T make(String[] labels) {
    String[] key = bounded(labels);
    if (series.size() >= CROWDED && !series.containsKey(new Labels(key))) {
      key[widest()] = OTHER;
    }
    if (series.size() >= MAX_SETS - 1 && !series.containsKey(new Labels(key))) {
      Arrays.fill(key, OTHER);
    }
    T known = series.get(new Labels(key));
    if (known != null) return known;
    for (int i = 0; i < key.length; i++) values[i].add(key[i]);
    T made = maker.apply(key);
    series.put(new Labels(key), made);
    return made;
  }

  private int widest() {
    int widest = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i].size() > values[widest].size()) widest = i;
    }
    return widest;
  }

  /** The values of a series' labels: a list's iterators would be most of what a look-up costs. */
  private static final class Labels {
    final String[] values;

    Labels(String[] values) {
      this.values = values;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Labels && Arrays.equals(values, ((Labels) other).values);
    }
  }
}
