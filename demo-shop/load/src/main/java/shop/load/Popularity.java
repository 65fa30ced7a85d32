package shop.load;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Which of many things visitors want: the first of n often, the next half as often, the third a
 * third (Zipf's law), so that a cache has something to keep. The popular ones are scattered among
 * all, always the same way.
 */
final class Popularity {
  private final double[] cumulated;
  private final int[] things;

  Popularity(int count) {
    cumulated = new double[count];
    things = new int[count];
    double sum = 0;
    for (int rank = 0; rank < count; rank++) {
      sum += 1.0 / (rank + 1);
      cumulated[rank] = sum;
      things[rank] = rank + 1;
    }
    shuffle(new Random(count));
  }

  private void shuffle(Random random) {
    for (int i = things.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int thing = things[i];
      things[i] = things[other];
      things[other] = thing;
    }
  }

  /** From 1 to the count. */
  int next(RandomGenerator random) {
    double wanted = random.nextDouble() * cumulated[cumulated.length - 1];
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] > wanted) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return things[low];
  }

  /** The thing that is wanted most often but so many, from 0. */
  int ranked(int rank) {
    return things[rank];
  }
}
