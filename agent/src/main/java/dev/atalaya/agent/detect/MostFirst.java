package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.List;

/** A list in the order of a number that each entry had when it was added, as it may change. */
final class MostFirst<T> {
  private final List<Ranked<T>> all = new ArrayList<>();

  void add(T one, long rank) {
    all.add(new Ranked<>(one, rank));
  }

  /** Those of the same rank stay as they were added. */
  List<T> list() {
    all.sort((a, b) -> Long.compare(b.rank, a.rank));
    List<T> list = new ArrayList<>(all.size());
    for (Ranked<T> one : all) list.add(one.what);
    return list;
  }

  private static final class Ranked<T> {
    final T what;
    final long rank;

    Ranked(T what, long rank) {
      this.what = what;
      this.rank = rank;
    }
  }
}
