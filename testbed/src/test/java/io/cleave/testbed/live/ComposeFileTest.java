package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The small fleet for people. */
class ComposeFileTest {
  private static final Path FOLDER = CleaveHome.ofLauncher().folder().resolve("testbed/containers");

  @Test
  void everyServiceIsAnImageOrHasADockerfile() throws IOException {
    String text = Files.readString(FOLDER.resolve("docker-compose.yml"));
    JsonNode services = new ObjectMapper(new YAMLFactory()).readTree(text).path("services");
    List<String> names = new ArrayList<>();
    services.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("mosquitto", "controller", "desktop", "gpu", "camera");
    assertThat(services.path("mosquitto").path("image").asText()).contains("eclipse-mosquitto:");
    assertThat(services.path("controller").path("ports").get(0).asText()).endsWith(":8080:8080");
    for (String module : List.of("agents", "controller")) {
      assertThat(text).contains("context: ../../" + module);
      assertThat(FOLDER.resolve("../../" + module).resolve("Dockerfile")).exists();
    }
    for (JsonNode service : services) {
      for (JsonNode volume : service.path("volumes")) {
        if (volume.asText().startsWith("./")) {
          assertThat(FOLDER.resolve(volume.asText().replaceFirst(":.*", ""))).exists();
        }
      }
    }
    assertThat(text.lines().filter(line -> !line.strip().startsWith("#")))
        .as("secrets")
        .noneMatch(line -> line.contains("PASSWORD"));
  }
}
