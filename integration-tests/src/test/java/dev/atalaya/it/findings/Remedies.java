package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
   * finding any more. Each path is followed by the way and by how its code begins, or, behind three
   * dots, by words of a suggestion that has no code.
   */
  Remedies mend(String... pathsAndWays) {
    return done(pathsAndWays, (app, path) -> assertEquals(List.of(), Findings.of(app).at(path)));
  }

  /** The same of what cannot be mended: the finding that is left is checked. */
  Remedies ease(String[] pathsAndWays, Consumer<Finding> check) {
    return done(pathsAndWays, (app, path) -> check.accept(Findings.only(app, path, 1)));
  }

  private Remedies done(String[] pathsAndWays, BiConsumer<App, String> check) {
    Map<String, String> mends = new LinkedHashMap<>();
    Set<String> paths = new LinkedHashSet<>();
    for (int i = 0; i < pathsAndWays.length; i += 3) {
      String path = pathsAndWays[i];
      paths.add(path);
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
      for (String path : paths) check.accept(app, "GET " + path);
    }
    return this;
  }

  /** Of the ways that a finding has, the code that begins so. */
  private static String code(Finding finding, String beginning) {
    if (beginning.startsWith("...")) {
      String words = beginning.substring(3);
      String text = finding.text(finding.text("fix.text").isEmpty() ? "suggestion" : "fix.text");
      assertTrue(text.contains(words), () -> words + " is not in " + text);
      return "";
    }
    JsonNode fix = finding.json().path("fix");
    if (fix.path("code").asText().startsWith(beginning)) return fix.path("code").asText();
    for (JsonNode way : fix.path("or")) {
      if (way.path("code").asText().startsWith(beginning)) return way.path("code").asText();
    }
    throw new AssertionError("no code that begins by " + beginning + " in " + finding);
  }

  static App.Launch launch(String main) {
    return App.main(main)
        .release(17)
        .property("otel.service.name", "remedies")
        .nothingIsSlow() // as a first request is by itself
        .agent(null);
  }

  /** Of lines with commas between. */
  static String[] words(String... lines) {
    return String.join(", ", lines).split(", ");
  }
}
