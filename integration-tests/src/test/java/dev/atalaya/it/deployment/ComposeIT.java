package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.Checker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** dashboards/compose.yaml and the images, as Docker's own programs read them. */
final class ComposeIT {
  private static final Path COMPOSE = Checker.DASHBOARDS.resolve("compose.yaml");
  private static final Path DOCKERFILE = Checker.DASHBOARDS.resolve("images/Dockerfile");

  /** They run once, or have nobody who waits for them. */
  private static final Set<String> WITHOUT_HEALTH = Set.of("agent", "load", "addresses");

  @Test
  void compose_reads_the_file_and_every_service_is_bounded_pinned_and_local() throws Exception {
    JsonNode services = config().get("services");
    assertEquals(
        new TreeSet<>(
            Set.of(
                "addresses",
                "agent",
                "alertmanager",
                "grafana",
                "jaeger",
                "load",
                "nginx",
                "partner",
                "postgres",
                "prometheus",
                "redis",
                "shop-1",
                "shop-2")),
        names(services));
    for (String name : names(services)) {
      JsonNode service = services.get(name);
      String image = service.get("image").asText();
      assertTrue(image.matches(".+:v?\\d+\\.\\d+.*"), () -> name + " takes any " + image);
      JsonNode limits = service.at("/deploy/resources/limits");
      assertTrue(limits.has("cpus") && limits.has("memory"), () -> name + ": " + limits);
      assertEquals(
          !WITHOUT_HEALTH.contains(name), service.has("healthcheck"), () -> name + "'s health");
      for (JsonNode port : list(service, "ports")) {
        assertEquals("127.0.0.1", port.path("host_ip").asText(), () -> name + ": " + port);
      }
    }
  }

  @Test
  void what_is_waited_for_can_be_waited_for() throws Exception {
    JsonNode services = config().get("services");
    for (String name : names(services)) {
      JsonNode needs = services.get(name).path("depends_on");
      for (String other : names(needs)) {
        if (needs.get(other).get("condition").asText().equals("service_healthy")) {
          assertTrue(services.get(other).has("healthcheck"), () -> name + " waits for " + other);
        }
      }
    }
  }

  @Test
  void what_is_mounted_from_here_is_here() throws Exception {
    JsonNode services = config().get("services");
    List<String> missing = new ArrayList<>();
    for (String name : names(services)) {
      for (JsonNode volume : list(services.get(name), "volumes")) {
        String source = volume.get("source").asText();
        if (volume.get("type").asText().equals("bind") && !Files.exists(Path.of(source))) {
          missing.add(name + ": " + source);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void prometheus_scrapes_the_services_that_have_the_agent() throws Exception {
    JsonNode services = config().get("services");
    String targets = Files.readString(Checker.DASHBOARDS.resolve("compose/targets/services.yml"));
    for (String name : names(services)) {
      JsonNode options = services.get(name).at("/environment/JAVA_TOOL_OPTIONS");
      if (options.asText().contains("-javaagent:")) {
        assertTrue(targets.contains(name + ":9464"), () -> name + " is not in " + targets);
        String service = services.get(name).at("/environment/OTEL_SERVICE_NAME").asText();
        assertTrue(targets.contains("service: " + service), service);
      }
    }
  }

  /** Its file is written for one machine; what compose makes of it is for its own network. */
  @Test
  void nginx_is_told_the_instances_names() throws Exception {
    String command = config().at("/services/nginx/command/2").asText();
    String shops = Checker.DASHBOARDS.resolve("../demo-shop/nginx.conf").normalize().toString();
    String sed = command.substring(0, command.indexOf('>')).replace("/etc/shop/nginx.conf", shops);
    Checker.Answer answer = new Checker("/bin/sh").run(Checker.DASHBOARDS, "-c", sed);
    assertTrue(answer.good(), answer::text);
    for (String line : List.of("server shop-1:8080 ", "server shop-2:8080 ", "listen 8080;")) {
      assertTrue(answer.text().contains(line), answer::text);
    }
    assertFalse(answer.text().contains(" 127.0.0.1:"), answer::text);
  }

  @Test
  void buildkit_reads_the_dockerfile_and_its_linter_is_content() throws Exception {
    Checker.Answer answer =
        Checker.tool("dockerfile").run(Checker.DASHBOARDS, DOCKERFILE.toString());
    assertTrue(answer.good(), answer::text);
    assertTrue(answer.text().contains("stage agent from busybox:"), answer::text);
    assertTrue(answer.text().contains("stage shop from eclipse-temurin:"), answer::text);
  }

  @Test
  void buildkit_refuses_what_is_no_instruction() throws Exception {
    Path wrong = Files.createTempFile("Dockerfile", "");
    Files.writeString(wrong, Files.readString(DOCKERFILE).replace("COPY . .", "COPYY . ."));
    assertFalse(Checker.tool("dockerfile").run(Checker.DASHBOARDS, wrong.toString()).good());
    Files.delete(wrong);
  }

  private static JsonNode config() throws Exception {
    Checker.Answer answer =
        Checker.tool("docker-compose")
            .run(Checker.DASHBOARDS, "-f", COMPOSE.toString(), "config", "--format", "json");
    assertTrue(answer.good(), answer::text);
    return new ObjectMapper().readTree(answer.text().substring(answer.text().indexOf('{')));
  }

  private static TreeSet<String> names(JsonNode object) {
    TreeSet<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> list(JsonNode service, String field) {
    List<JsonNode> all = new ArrayList<>();
    service.path(field).forEach(all::add);
    return all;
  }
}
