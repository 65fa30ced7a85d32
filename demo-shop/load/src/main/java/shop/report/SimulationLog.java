package shop.report;

import java.util.List;

/**
 * What Gatling noted of a run, answer by answer.
 *
 * @param version Gatling's
 */
record SimulationLog(String version, List<Answer> answers) {

  /**
   * An answer, or that there was none.
   *
   * @param group of the simulation, empty where it has none
   * @param start milliseconds since 1970
   * @param message why it is not as expected, else empty
   */
  record Answer(String group, String name, long start, long end, boolean ok, String message) {
    long millis() {
      return end - start;
    }
  }
}
