package shop.report;

import shop.load.Size;

/**
 * How both editions are loaded.
 *
 * @param visitors new ones each second
 * @param warmUpSeconds of the same load, before anything is measured
 * @param rampSeconds until all visitors have come up
 * @param seconds at the full rate
 * @param capacitySeconds for which each kind of work is asked for as fast as it is answered
 */
record Plan(
    Size size,
    double visitors,
    int warmUpSeconds,
    int rampSeconds,
    int seconds,
    int capacitySeconds) {

  /** So much that the naive edition is hurt and does not collapse, on two cores. */
  static final Plan FULL = new Plan(Size.LARGE, 2, 20, 10, 70, 8);

  static final Plan QUICK = new Plan(Size.SMALL, 4, 8, 4, 16, 3);
}
