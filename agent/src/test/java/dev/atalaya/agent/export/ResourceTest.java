package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.config.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTest {
  private static final String ID =
      "8ba1bd2e0ce5d8f3e6c7c5d3a2b1908f7e6d5c4b3a29180716253443526170ab";

  @ParameterizedTest
  @CsvSource({
    "/srv/orders.jar --port 80,orders",
    "orders.jar,orders",
    "com.acme.Main --import other.jar,Main",
    "acme/com.acme.Main,Main",
    "Main,Main",
    "'',unknown_service:java"
  })
  void service_is_named_by_its_main_jar_or_class(String command, String name) {
    assertEquals(name, Resource.detectedServiceName(command));
  }

  @Test
  void jar_in_a_folder_with_blanks_names_the_service(@TempDir Path folder) throws Exception {
    Path jar = Files.createFile(Files.createDirectory(folder.resolve("my apps")).resolve("s.jar"));

    assertEquals("s", Resource.detectedServiceName(jar + " --import other.jar"));
  }

  @Test
  void attributes_of_the_user_win() {
    Resource resource =
        Resource.of(
            Options.read(
                "otel.resource.attributes=service.version=1.4%2C0,host.name=here,service.name=a"),
            "1.0");

    assertEquals("a", resource.serviceName());
    assertEquals("1.4,0", resource.text("service.version"));
    assertEquals("here", resource.text("host.name"));
    assertEquals(ProcessHandle.current().pid(), resource.attributes().get("process.pid"));
    assertEquals("atalaya", resource.text("telemetry.distro.name"));
    assertFalse(resource.attributes().containsKey("process.command_line"));
  }

  @Test
  void service_name_wins_over_the_attribute_and_instances_differ() {
    Options options =
        Options.read("otel.resource.attributes=service.name=a,otel.service.name=shop");

    assertEquals("shop", Resource.of(options, "1").serviceName());
    assertNotEquals(Resource.of(options, "1").instanceId(), Resource.of(options, "1").instanceId());
  }

  @Test
  void encoded_resource_is_otlp() throws Exception {
    Resource resource = Resource.of(Options.read("otel.service.name=shop"), "1.0");

    var read = io.opentelemetry.proto.resource.v1.Resource.parseFrom(resource.encoded());

    assertEquals(resource.attributes().size(), read.getAttributesCount());
    assertEquals("service.name", read.getAttributes(0).getKey());
    assertEquals("shop", read.getAttributes(0).getValue().getStringValue());
  }

  @Test
  void container_is_found_in_both_versions_of_cgroups(@TempDir Path folder) throws Exception {
    String v1 = file(folder, "v1", "12:pids:/docker/" + ID, "1:name=systemd:/docker/" + ID);
    String v2 = file(folder, "v2", "0::/");
    String mounts =
        file(
            folder,
            "mounts",
            "1 2 0:1 / / rw - overlay overlay rw",
            "3 4 0:1 /var/lib/docker/containers/" + ID + "/hostname /etc/hostname rw - ext4 x rw");

    assertEquals(ID, Resource.containerId(v1, file(folder, "none", "")));
    assertEquals(ID, Resource.containerId(v2, mounts));
    assertNull(Resource.containerId(v2, folder.resolve("missing").toString()));
  }

  private static String file(Path folder, String name, String... lines) throws Exception {
    return Files.write(folder.resolve(name), List.of(lines)).toString();
  }
}
