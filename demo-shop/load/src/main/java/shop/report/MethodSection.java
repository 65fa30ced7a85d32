package shop.report;

import java.util.Locale;

/** How it was measured, and on what. */
final class MethodSection {
  private MethodSection() {}

  static String of(Comparison comparison) {
    Plan plan = comparison.plan();
    Machine machine = comparison.machine();
    return "<section><h2>How it was measured</h2><p>"
        + Text.format(
            "Each edition ran alone, in a JVM of its own with %s of heap under the agent, with its"
                + " own PostgreSQL and Redis and the %s data set; then the other, with the same"
                + " partner service. After %d s of warming up, Gatling let %s new visitors come each"
                + " second (open model), after a ramp of %d s, for %d s, with %.1f requests a second"
                + " in the naive edition and %.1f in the tuned one: browsing 52 %%, searching 20 %%,"
                + " buying 16 %%, uploading 5 %%, analysing 7 %%, with pauses of 0.4 to 1.2 s; what"
                + " is popular is asked for most, and a visitor's browser keeps what it is told to"
                + " keep. CPU, memory and connections are of the time at the full rate. Throughput"
                + " was measured after that, for %d s a kind of work, by users who do not think.",
            Parts.HEAP,
            plan.size().name().toLowerCase(Locale.ROOT),
            plan.warmUpSeconds(),
            Text.count(plan.visitors()),
            plan.rampSeconds(),
            plan.seconds(),
            comparison.naive().perSecond(),
            comparison.tuned().perSecond(),
            plan.capacitySeconds())
        + "</p><p>The visitors ran on the same machine, so they took from the shop what they"
        + " needed.</p><div class='scroll'><table><tbody>"
        + resources(comparison)
        + row("machine", machine.processors() + " × " + machine.processor())
        + row("memory", Text.bytes(machine.memory()))
        + row("system", machine.system())
        + row("Java", machine.java())
        + row("Atalaya", machine.agent())
        + row("Gatling", machine.gatling())
        + row("the shop's", String.join(", ", machine.libraries()))
        + "</tbody></table></div></section>";
  }

  private static String resources(Comparison comparison) {
    return row("CPU, naive", cpu(comparison.naive().resources()))
        + row("CPU, tuned", cpu(comparison.tuned().resources()));
  }

  private static String cpu(Resources resources) {
    return Text.format(
        "shop %s, databases %s, visitors %s, the whole machine %s",
        Text.percent(resources.shopCpu()),
        Text.percent(resources.databaseCpu()),
        Text.percent(resources.loadCpu()),
        Text.percent(resources.machineCpu()));
  }

  private static String row(String what, String value) {
    return "<tr><th scope='row'>" + what + "</th><td>" + Text.html(value) + "</td></tr>";
  }
}
