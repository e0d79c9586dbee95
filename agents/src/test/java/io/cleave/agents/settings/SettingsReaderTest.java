package io.cleave.agents.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Capacity;
import io.cleave.policies.wire.LoadReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  private final Map<String, String> given = new HashMap<>();

  SettingsReaderTest() {
    given.put("cleave.agent.name", "cam-1");
    given.put("cleave.agent.roles", "device");
    given.put("cleave.agent.device-class", "raspberry-pi-3b");
    given.put("cleave.agent.model", "zoo:alexnet");
  }

  private AgentSettings read() {
    return SettingsReader.read(key -> Optional.ofNullable(given.get(key)), given.keySet());
  }

  private AgentSettings read(String key, String value) {
    given.put(key, value);
    return read();
  }

  private DeviceSettings device(String key, String value) {
    return read(key, value).device().orElseThrow();
  }

  @Test
  void needsNameRolesClassAndModelOnly() {
    AgentSettings settings = read();
    assertThat(settings.site()).isEqualTo("site-1");
    assertThat(settings.machine().deviceClass()).isEqualTo(DeviceClass.RASPBERRY_PI_3B);
    assertThat(settings.machine().paced()).isFalse();
    assertThat(settings.server()).isEmpty();
    assertThat(settings.reportInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.device().orElseThrow().demand().deadlineSeconds()).isInfinite();
    assertThat(settings.device().orElseThrow().frames().source())
        .isEqualTo(new FrameSettings.None());
  }

  @Test
  void nothingButTimeHasAPriceUnlessItIsSaid() {
    assertThat(read().device().orElseThrow().demand().weights()).isEqualTo(Weights.TIME);
    given.put("cleave.agent.seconds-per-joule", "0.5");
    given.put("cleave.agent.seconds-per-point", "0.25");
    DeviceSettings device = device("cleave.agent.seconds-per-server-second", "3");
    assertThat(device.demand().weights()).isEqualTo(new Weights(0.5, 0.25, 3));
  }

  @Test
  void memoryIsWhatIsAvailableUnlessItIsSaid() {
    assertThat(read().machine().memoryBytes()).isEmpty();
    String key = "cleave.agent.memory-mib";
    assertThat(read(key, "available").machine().memoryBytes()).isEmpty();
    assertThat(read(key, "512").machine().memoryBytes()).hasValue(512 << 20);
    assertThat(read(key, "unlimited").machine().memoryBytes()).hasValue(LoadReport.UNLIMITED);
    assertThatThrownBy(() -> read(key, "lots"))
        .hasMessageContaining(key)
        .hasMessageContaining("lots");
  }

  @Test
  void keepsTwoGibibytesOfSlicesUnlessItIsSaid() {
    assertThat(read().machine().keptBytes()).isEqualTo(2L << 30);
    assertThat(read("cleave.agent.kept-slices-mib", "96").machine().keptBytes())
        .isEqualTo(96 << 20);
  }

  @ParameterizedTest
  @CsvSource({"2S,2000", "500MS,500", "0.5S,500", "1M30S,90000", "3,3000", "PT4S,4000"})
  void readsTimes(String text, long millis) {
    assertThat(read("cleave.agent.report-interval", text).reportInterval())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void knowsWhatAPoissonProcessDoesToGaps() {
    assertThat(device("cleave.agent.arrivals", "poisson").demand().gapVariation()).isEqualTo(1);
    assertThat(device("cleave.agent.arrivals", "periodic").demand().gapVariation()).isZero();
  }

  @Test
  void readsFamiliesWithAndWithoutQuotes() {
    given.put("cleave.agent.route.\"edge.1\"", "10.0.0.1:700");
    given.put("cleave.agent.route.edge-2", "[::1]:701");
    given.put("cleave.agent.model.inputs.\"data\"", "1x3x32x32");
    DeviceSettings device = read().device().orElseThrow();
    assertThat(device.routes())
        .containsOnly(
            Map.entry("edge.1", new HostPort("10.0.0.1", 700)),
            Map.entry("edge-2", new HostPort("::1", 701)));
    assertThat(device.inputShapes()).containsOnly(Map.entry("data", TensorShape.of(1, 3, 32, 32)));
  }

  @Test
  void takesAnyOtherWordForAFolderOfImages() {
    assertThat(device("cleave.agent.frames", "/pictures").frames().source())
        .isEqualTo(new FrameSettings.Directory(Path.of("/pictures")));
  }

  @Test
  void advertisesAHostAndPerhapsAPort() {
    given.put("cleave.agent.roles", "device, server");
    assertThat(read("cleave.agent.data-advertise", "edge.local:7000").server())
        .contains(serving(Optional.of(7000), Capacity.ANY));
    assertThat(read("cleave.agent.data-advertise", "edge.local").server())
        .contains(serving(Optional.empty(), Capacity.ANY));
  }

  @Test
  void saysHowMuchAServerTakes() {
    given.put("cleave.agent.roles", "server");
    given.put("cleave.agent.data-advertise", "edge.local");
    given.put("cleave.agent.serve-devices", "12");
    given.put("cleave.agent.serve-access-mbps", "100");
    assertThat(read("cleave.agent.serve-megabytes", "1.5").server())
        .contains(serving(Optional.empty(), new Capacity(12, 1_500_000, 100e6)));
  }

  private static ServerSettings serving(Optional<Integer> port, Capacity capacity) {
    return new ServerSettings(0, Optional.of("edge.local"), port, "localhost", capacity);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cleave.agent.name             | controller   | not 'controller'
          cleave.agent.name             | a b          | letters, digits
          cleave.agent.roles            | devices      | device, server
          cleave.agent.device-class     | pi           | raspberry-pi-3b
          cleave.agent.pace             | fast         | off or class
          cleave.agent.pace-mistaken    | 5            | 1.0 without cleave.agent.pace=class
          cleave.agent.pace-mistaken    | 0            | 0.001..1000.0
          cleave.agent.frames-per-second| 0            | 1.0E-6
          cleave.agent.frames-per-second| many         | a number in
          cleave.agent.deadline         | soon         | 500MS
          cleave.agent.deadline         | 0S           | above 0
          cleave.agent.seconds-per-joule | -1          | 0.0..1.0E9
          cleave.agent.seconds-per-point | -1          | 0.0..1.0E9
          cleave.agent.seconds-per-server-second | endless | a number in
          cleave.agent.data-port        | 70000        | 0..65535
          cleave.agent.serve-devices    | -1           | 0..2147483647
          cleave.agent.serve-megabytes  | some         | a number in
          cleave.agent.seed             | 1.5          | whole number
          cleave.agent.arrivals         | random       | periodic or poisson
          cleave.agent.route."edge-1"   | nowhere      | host:port
          cleave.agent.model.inputs.x   | 3 by 4       | 1x3x224x224
          cleave.agent.controller-url   | controller   | http://host:8080
          cleave.agent.frame-per-second | 2            | cleave.agent.frames-per-second
          """)
  void refusesInOneLineWhatCannotBeUsed(String key, String value, String advice) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(advice)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"name", "roles", "device-class", "model"})
  void saysWhatIsMissing(String key) {
    given.remove("cleave.agent." + key);
    assertThatThrownBy(this::read)
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("cleave.agent." + key + " is missing.");
  }

  /** Of a variable only letters and underscores are known, and so it is listed. */
  @Test
  void takesWhatCameAsAnEnvironmentVariable() {
    assertThat(read("cleave.agent.frames.per.second", "3")).isNotNull();
  }

  @Test
  void needsNoModelToServe() {
    given.remove("cleave.agent.model");
    given.put("cleave.agent.roles", "server");
    assertThat(read().device()).isEmpty();
  }
}
