package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Does what findings suggest, and looks whether that was it. */
final class Remedies {
  private final Supplier<App.Launch> launch;
  private final Map<String, Finding> findings = new TreeMap<>();
  private final Map<String, String> answers = new TreeMap<>();

  private Remedies(Supplier<App.Launch> launch) {
    this.launch = launch;
  }

  /** Starts the application as it is and asks for each path: it has one finding each. */
  static Remedies of(Supplier<App.Launch> launch, String... paths) {
    Remedies remedies = new Remedies(launch);
    try (App app = launch.get().start()) {
      for (String path : paths) {
        App.Answer answer = app.get(path);
        assertEquals(200, answer.status(), answer.body());
        remedies.answers.put(path, answer.body());
      }
      for (String path : paths) {
        remedies.findings.put(path, Findings.only(app, "GET " + path, 1));
      }
    }
    return remedies;
  }

  Finding at(String path) {
    return findings.get(path);
  }

  /**
   * Takes the code of each path's finding that begins so, puts it where the source has the mark
   * {@code lazy by query} for {@code /lazy}, and starts that: it answers the same, and there is no
   * finding any more. Each path is followed by the way and by how its code begins.
   */
  Remedies mend(String... pathsAndWays) {
    Map<String, String> mends = new LinkedHashMap<>();
    List<String> paths = new java.util.ArrayList<>();
    for (int i = 0; i < pathsAndWays.length; i += 3) {
      String path = pathsAndWays[i];
      if (!paths.contains(path)) paths.add(path);
      String mark = path.substring(1) + " by " + pathsAndWays[i + 1];
      mends.put(mark, code(findings.get(path), pathsAndWays[i + 2]));
    }
    try (App app = launch.get().mended(mends).start()) {
      for (String path : paths) {
        App.Answer answer = app.get(path);
        assertEquals(200, answer.status(), answer.body() + mends);
        assertEquals(answers.get(path), answer.body(), path + mends);
      }
      app.get("/barrier");
      Findings.only(app, "GET /barrier", 1);
      for (String path : paths) {
        assertEquals(List.of(), Findings.of(app).at("GET " + path), () -> path + mends);
      }
    }
    return this;
  }

  /** Of the ways that a finding has, the code that begins so. */
  private static String code(Finding finding, String beginning) {
    JsonNode fix = finding.json().path("fix");
    if (fix.path("code").asText().startsWith(beginning)) return fix.path("code").asText();
    for (JsonNode way : fix.path("or")) {
      if (way.path("code").asText().startsWith(beginning)) return way.path("code").asText();
    }
    assertTrue(false, () -> "no code that begins by " + beginning + " in " + finding);
    return "";
  }
}
