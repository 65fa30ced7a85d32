package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.Checker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dashboards/kubernetes: built by kustomize, and held against the schemas that Kubernetes, the
 * Prometheus operator and KEDA publish. OpenTelemetry's operator publishes its own where no build
 * can get it: of its Instrumentation only the paths are looked at.
 */
final class KubernetesIT {
  private static final Path FOLDER = Checker.DASHBOARDS.resolve("kubernetes");

  @TempDir Path folder;

  @Test
  void the_example_is_what_a_cluster_takes() throws Exception {
    String example = kustomize(FOLDER.resolve("example"));
    assertValid(example);
    for (String kind :
        List.of(
            "Deployment", "NetworkPolicy", "ScaledObject", "ServiceMonitor", "PrometheusRule")) {
      assertTrue(example.contains("\nkind: " + kind + "\n"), kind);
    }
    assertFalse(example.contains("atalaya-injection"), "kustomize alone reads it");
  }

  @Test
  void the_deployment_by_hand_is_what_a_cluster_takes() throws Exception {
    assertValid(Files.readString(FOLDER.resolve("plain.yaml")));
  }

  @Test
  void a_misspelt_field_is_refused() throws Exception {
    String plain = Files.readString(FOLDER.resolve("plain.yaml"));
    assertFalse(conform(plain.replace("runAsNonRoot", "runAsNotRoot")).good());
    String monitor = Files.readString(FOLDER.resolve("monitoring/servicemonitor.yaml"));
    assertFalse(conform(monitor.replace("interval:", "intervall:")).good());
    String scaled = Files.readString(FOLDER.resolve("example/scaledobject.yaml"));
    assertFalse(conform(scaled.replace("minReplicaCount", "minReplicas")).good());
  }

  @Test
  void the_component_attaches_the_agent_to_whatever_runs_there() throws Exception {
    String built = kustomize(workloads());
    assertValid(built);

    String bare = document(built, "bare");
    assertTrue(bare.contains("value: '-javaagent:/atalaya/javaagent.jar=atalaya.config="), bare);
    assertEquals(2, count(bare, "mountPath: /atalaya\n"), bare);
    assertTrue(bare.contains("image: atalaya-agent:"), bare);
    assertTrue(bare.contains("fieldPath: metadata.labels['app.kubernetes.io/name']"), bare);

    String tuned = document(built, "tuned").replaceAll("\\s+", " ");
    assertTrue(
        tuned.contains("/agent.properties -Xmx1g -Dmine=true"), "what was there stays: " + tuned);
    assertTrue(tuned.contains("mountPath: /data"), tuned);
    assertEquals(1, count(tuned, "JAVA_TOOL_OPTIONS"), "the sidecar is left alone: " + tuned);

    assertTrue(document(built, "stateful").contains("-javaagent:"), built);
    assertFalse(document(built, "left").contains("atalaya/javaagent.jar"), built);
  }

  @Test
  void the_image_holds_the_jar_where_manifests_and_the_operator_look_for_it() throws Exception {
    String image = Files.readString(Checker.DASHBOARDS.resolve("images/Dockerfile"));
    assertTrue(image.contains("/source/agent/target/atalaya-agent.jar /javaagent.jar"), image);
    String copy = "command: [cp, /javaagent.jar, /atalaya/javaagent.jar]";
    for (String file : List.of("plain.yaml", "agent/pod.yaml")) {
      assertTrue(Files.readString(FOLDER.resolve(file)).contains(copy), file);
    }
  }

  @Test
  void replicas_follow_a_metric_that_the_agent_has() throws Exception {
    String scaled = Files.readString(FOLDER.resolve("example/scaledobject.yaml"));
    String metrics = Files.readString(Path.of("..", "docs", "metrics.md"));
    assertTrue(scaled.contains("rate(http_server_request_duration_seconds_count{"), scaled);
    assertTrue(metrics.contains("## `http_server_request_duration_seconds`"));
  }

  /**
   * The rules stand in dashboards/prometheus; the operator's form of them is printed from there.
   */
  @Test
  void the_operators_rules_are_those_of_prometheus() throws Exception {
    StringBuilder printed = new StringBuilder(RULES);
    for (Path file : rules()) {
      printed.append("    # ").append(file.getFileName()).append('\n');
      boolean groups = false;
      for (String line : Files.readAllLines(file)) {
        if (groups) printed.append(line.isEmpty() ? "" : "  " + line).append('\n');
        groups |= line.equals("groups:");
      }
      assertTrue(groups, () -> "no line 'groups:' in " + file);
    }
    Path rule = FOLDER.resolve("monitoring/prometheusrule.yaml");
    String text = Files.exists(rule) ? Files.readString(rule) : "";
    if (System.getenv("CI") == null) Files.writeString(rule, printed);
    assertTrue(text.contentEquals(printed), rule + " was stale; run the test again");
  }

  private static final String RULES =
      """
      # Printed from ../../prometheus by KubernetesIT; change those, not this.
      apiVersion: monitoring.coreos.com/v1
      kind: PrometheusRule
      metadata:
        name: atalaya
        labels:
          release: prometheus
      spec:
        groups:
      """;

  private static List<Path> rules() throws IOException {
    try (Stream<Path> files = Files.list(Checker.DASHBOARDS.resolve("prometheus"))) {
      List<Path> rules =
          files.filter(file -> file.toString().endsWith(".rules.yml")).sorted().toList();
      assertFalse(rules.isEmpty());
      return rules;
    }
  }

  /** Workloads of four kinds, and the component over them. */
  private Path workloads() throws IOException {
    String workload =
        """
        apiVersion: apps/v1
        kind: KIND
        metadata:
          name: NAME
          labels: {atalaya.dev/agent: "LABEL"}
        spec:
          selector: {matchLabels: {app.kubernetes.io/name: NAME}}
          template:
            metadata: {labels: {app.kubernetes.io/name: NAME}}
            spec:
              containers:
                - {name: main, image: "example.com/NAME:1"MORE}
                - {name: sidecar, image: "example.com/sidecar:1"}
        """;
    String options =
        ", env: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1g -Dmine=true}],"
            + " volumeMounts: [{name: data, mountPath: /data}]";
    String all =
        Stream.of(
                List.of("Deployment", "bare", "", ""),
                List.of("Deployment", "tuned", "", options),
                List.of("StatefulSet", "stateful", "", ""),
                List.of("Deployment", "left", "none", ""))
            .map(
                values ->
                    workload
                        .replace("KIND", values.get(0))
                        .replace("NAME", values.get(1))
                        .replace("LABEL", values.get(2))
                        .replace("MORE", values.get(3)))
            .collect(Collectors.joining("---\n"));
    Files.writeString(folder.resolve("workloads.yaml"), all);
    Path component = folder.toRealPath().relativize(FOLDER.resolve("agent").toRealPath());
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources: [workloads.yaml]
        components: ["%s"]
        """
            .formatted(component));
    return folder;
  }

  private static String kustomize(Path folder) throws Exception {
    Checker.Answer answer =
        Checker.tool("kustomize").run(folder, "build", folder.toRealPath().toString());
    assertTrue(answer.good(), answer::text);
    return answer.text();
  }

  private static void assertValid(String manifests) throws Exception {
    Checker.Answer answer = conform(manifests);
    assertTrue(answer.good(), answer::text);
    int documents = manifests.split("(?m)^---$").length;
    assertTrue(answer.text().contains("Valid: " + documents + ","), answer::text);
  }

  private static Checker.Answer conform(String manifests) throws Exception {
    String schemas =
        Checker.toolPath("schemas") + "/{{.Group}}/{{.ResourceKind}}-{{.ResourceAPIVersion}}.json";
    return Checker.tool("kubeconform")
        .read(FOLDER, manifests, "-strict", "-summary", "-schema-location", schemas, "-");
  }

  private static String document(String built, String name) {
    return Stream.of(built.split("(?m)^---$"))
        .filter(document -> document.contains("\n  name: " + name + "\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + built));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
