package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import java.util.Arrays;

/**
 * Counts distinct hashes in fixed room: up to 32 by themselves, then by HyperLogLog (Flajolet,
 * Fusy, Gandouet, Meunier, 2007) with 1,024 registers.
 *
 * <p>A register holds one more than the longest run of zeros among the hashes that fall to it. As
 * long as many registers are untouched, their share tells more than the others do. The standard
 * error is some 3 %.
 *
 * <p>Without locks: of two threads at once one may go uncounted.
 */
final class Distinct {
  private static final int FEW = 32;
  private static final int REGISTERS = 1_024;
  private static final double BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

  /** Empty once there are too many, or one is unknown. */
  private volatile int[] few = new int[FEW / 2];

  private volatile byte[] registers = NONE;
  private int size;

  private static final byte[] NONE = {};

  /** Instead of registers, once a hash was unknown. */
  private static final byte[] UNKNOWN = {};

  private static final int[] NO_HASHES = {};

  /**
   * After {@link Hash#UNKNOWN} nothing is counted: nobody can tell whether that value came before.
   */
  void add(int hash) {
    byte[] known = registers;
    if (known == UNKNOWN) return;
    if (hash == Hash.UNKNOWN) {
      registers = UNKNOWN;
      few = NO_HASHES;
      return;
    }
    if (known != NONE) {
      register(known, hash);
      return;
    }
    int[] hashes = few;
    int n = Math.min(size, hashes.length);
    for (int i = 0; i < n; i++) if (hashes[i] == hash) return;
    if (n == FEW) {
      known = new byte[REGISTERS];
      for (int one : hashes) register(known, one);
      register(known, hash);
      registers = known;
      few = NO_HASHES;
      return;
    }
    if (hashes.length == 0) return; // another thread goes on with the registers
    if (n == hashes.length) few = hashes = Arrays.copyOf(hashes, FEW);
    hashes[n] = hash;
    size = n + 1;
  }

  /** 0 where it is not known. */
  int estimate() {
    byte[] known = registers;
    if (known == UNKNOWN) return 0;
    if (known == NONE) return size;
    double sum = 0;
    int untouched = 0;
    for (byte register : known) {
      sum += Math.scalb(1.0, -register);
      if (register == 0) untouched++;
    }
    double estimate = BIAS * REGISTERS * REGISTERS / sum;
    if (estimate <= 2.5 * REGISTERS && untouched > 0) {
      estimate = REGISTERS * Math.log((double) REGISTERS / untouched);
    }
    return (int) Math.max(FEW + 1, Math.round(estimate));
  }

  private static void register(byte[] registers, int hash) {
    long mixed = mix(hash);
    int index = (int) (mixed >>> 54);
    byte run = (byte) (Long.numberOfLeadingZeros(mixed << 10 | 1) + 1);
    if (registers[index] < run) registers[index] = run;
  }

  private static long mix(int hash) {
    long h = hash * 0x9e3779b97f4a7c15L;
    h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    return h ^ (h >>> 32);
  }
}
