package dev.atalaya.agent.breaker;

/** What was read, as shares; NaN for what is not known. */
final class Costs {
  final double heap;
  final double cpu;
  final double overhead;

  Costs(double heap, double cpu, double overhead) {
    this.heap = heap;
    this.cpu = cpu;
    this.overhead = overhead;
  }
}
