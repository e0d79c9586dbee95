package io.cleave.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cleave.policies.wire.Status;
import io.cleave.transport.json.WireJson;
import io.cleave.transport.mqtt.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The published description of topics says what the code and docs/protocol.md say. */
class AsyncApiTest {
  private static final Topics TOPICS = new Topics("site-1");

  private final JsonNode api;

  AsyncApiTest() throws IOException {
    try (InputStream in = requireNonNull(getClass().getResourceAsStream("/asyncapi.yaml"))) {
      api = new YAMLMapper().readTree(in);
    }
  }

  @Test
  void itsChannelsAreTheTopics() {
    Map<String, String> addresses = new TreeMap<>();
    api.get("channels")
        .properties()
        .forEach(channel -> addresses.put(channel.getKey(), address(channel.getValue())));
    assertThat(addresses)
        .isEqualTo(
            Map.of(
                "status", TOPICS.status("camera-1"),
                "report", TOPICS.report("camera-1"),
                "plan", TOPICS.plan("camera-1"),
                "controllerStatus", TOPICS.controllerStatus()));
  }

  @Test
  void eachChannelCarriesOneMessageWithASchemaOfOurs() throws IOException {
    Set<String> used = new TreeSet<>();
    for (JsonNode channel : api.get("channels")) {
      assertThat(channel.get("messages")).hasSize(1);
      JsonNode message = resolved(channel.get("messages").iterator().next());
      String file = message.at("/payload/schema/$ref").textValue();
      try (InputStream in = requireNonNull(getClass().getResourceAsStream("/" + file), file)) {
        assertThat(new YAMLMapper().readTree(in).get("title")).isEqualTo(message.get("title"));
      }
      used.add(file.replace("schemas/", ""));
    }
    try (var files = Files.list(Path.of("src/main/resources/schemas"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  @Test
  void deliveryIsAsTheProtocolPageSays() throws IOException {
    String page = Files.readString(Path.of("../../docs/protocol.md"));
    assertThat(api.get("operations").size()).isGreaterThan(3);
    for (JsonNode operation : api.get("operations")) {
      JsonNode mqtt = operation.at("/bindings/mqtt");
      String topic = resolved(operation.get("channel")).get("address").textValue();
      String row =
          page.lines().filter(line -> line.startsWith("| `" + topic)).findFirst().orElseThrow();
      String[] cells = row.split(" \\| ", -1);
      assertThat(cells[3]).as(topic).isEqualTo(mqtt.get("qos").asText());
      assertThat(cells[4]).as(topic).isEqualTo(mqtt.path("retain").asBoolean() ? "yes" : "no");
      assertThat(!cells[5].startsWith("no")).as(topic).isEqualTo(mqtt.has("messageExpiryInterval"));
    }
  }

  @Test
  void itsWillIsAnOfflineStatus() {
    JsonNode will = api.at("/servers/site/bindings/mqtt/lastWill");
    String message = will.get("message").textValue().replace("{agent}", "camera-1");
    assertThat(WireJson.readStatus(message.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Status.offline("camera-1", 1));
    assertThat(will.get("topic")).isEqualTo(api.at("/channels/status/address"));
  }

  private JsonNode resolved(JsonNode reference) {
    return api.at(reference.get("$ref").textValue().substring(1));
  }

  private static String address(JsonNode channel) {
    return channel
        .get("address")
        .textValue()
        .replace("{site}", "site-1")
        .replace("{agent}", "camera-1");
  }
}
