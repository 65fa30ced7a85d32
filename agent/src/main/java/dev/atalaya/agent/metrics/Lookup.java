package dev.atalaya.agent.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to up to four texts and two numbers, without a lock and without allocating.
 *
 * <p>Buckets are chains of immutable entries in a plain array, new entries at the head. A reader
 * may miss an entry that another thread has just added; it then asks for it to be put again, under
 * the lock, and is given the same. Bounded: what is past the bound is found by other means, as
 * though it were new each time.
 */
final class Lookup<T> {
  private static final int MAX_ENTRIES = 4_096;

  private @Nullable Entry<T>[] buckets = buckets(64);
  private int size;

  @Nullable T get(
      String a, @Nullable String b, @Nullable String c, @Nullable String d, int i, int j) {
    Entry<T>[] table = buckets;
    int hash = hash(a, b, c, d, i, j);
    for (Entry<T> e = table[hash & table.length - 1]; e != null; e = e.next) {
      if (e.hash == hash && e.is(a, b, c, d, i, j)) return e.value;
    }
    return null;
  }

  /** Returns {@code value}. */
  synchronized T put(
      String a, @Nullable String b, @Nullable String c, @Nullable String d, int i, int j, T value) {
    if (size >= MAX_ENTRIES || get(a, b, c, d, i, j) != null) return value;
    if (++size > buckets.length) grow();
    int hash = hash(a, b, c, d, i, j);
    int at = hash & buckets.length - 1;
    buckets[at] = new Entry<>(hash, a, b, c, d, i, j, value, buckets[at]);
    return value;
  }

  private void grow() {
    Entry<T>[] larger = buckets(buckets.length * 2);
    for (Entry<T> chain : buckets) {
      for (Entry<T> e = chain; e != null; e = e.next) {
        int at = e.hash & larger.length - 1;
        larger[at] = new Entry<>(e.hash, e.a, e.b, e.c, e.d, e.i, e.j, e.value, larger[at]);
      }
    }
    buckets = larger;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> @Nullable Entry<T>[] buckets(int length) {
    return new Entry[length];
  }

  private static int hash(
      String a, @Nullable String b, @Nullable String c, @Nullable String d, int i, int j) {
    int hash = a.hashCode();
    hash = hash * 31 + (b == null ? 0 : b.hashCode());
    hash = hash * 31 + (c == null ? 0 : c.hashCode());
    hash = hash * 31 + (d == null ? 0 : d.hashCode());
    hash = (hash * 31 + i) * 31 + j;
    return hash ^ hash >>> 16;
  }

  private static final class Entry<T> {
    final int hash;
    final String a;
    final @Nullable String b;
    final @Nullable String c;
    final @Nullable String d;
    final int i;
    final int j;
    final T value;
    final @Nullable Entry<T> next;

    Entry(
        int hash,
        String a,
        @Nullable String b,
        @Nullable String c,
        @Nullable String d,
        int i,
        int j,
        T value,
        @Nullable Entry<T> next) {
      this.hash = hash;
      this.a = a;
      this.b = b;
      this.c = c;
      this.d = d;
      this.i = i;
      this.j = j;
      this.value = value;
      this.next = next;
    }

    boolean is(String a, @Nullable String b, @Nullable String c, @Nullable String d, int i, int j) {
      return this.i == i
          && this.j == j
          && this.a.equals(a)
          && same(this.b, b)
          && same(this.c, c)
          && same(this.d, d);
    }

    private static boolean same(@Nullable String x, @Nullable String y) {
      return x == null ? y == null : x.equals(y);
    }
  }
}
