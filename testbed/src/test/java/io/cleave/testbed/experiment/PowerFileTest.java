package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.Radio;
import io.cleave.testbed.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PowerFileTest {
  @TempDir private Path folder = Path.of("");

  private EnergyModel read(String text) throws IOException {
    return PowerFile.read(Files.writeString(folder.resolve("power.yaml"), text));
  }

  @Test
  void shippedFilesAreRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("power"))) {
      List<Path> all = files.toList();
      assertThat(all).hasSizeGreaterThan(5);
      for (Path file : all) {
        EnergyModel power = PowerFile.read(file);
        assertThat(power.computeWatts()).isGreaterThan(power.idleWatts());
        assertThat(Files.readString(file))
            .as("%s has its source", file)
            .containsPattern("\\[[VMD]");
      }
    }
    EnergyModel known = DeviceClass.RASPBERRY_PI_3B.energy(Radio.WIFI);
    assertThat(PowerFile.read(Path.of("power", "raspberry-pi-3b-wifi.yaml"))).isEqualTo(known);
  }

  @Test
  void aCurveIsReadAtTheLoad() throws IOException {
    String curve = "curve-watts: [1, 2, 4]\nradio: {up-watts-per-mbps: 1, down-watts-per-mbps: 2, ";
    EnergyModel power = read(curve + "base-watts: 3}\nload: 0.75\n");
    assertThat(power).isEqualTo(new EnergyModel(3, 1, new Radio(1, 2, 3)));
    assertThat(PowerFile.at(List.of(1.0, 2.0, 4.0), 1)).isCloseTo(4, within(1e-12));
    assertThat(PowerFile.at(List.of(1.0), 1)).isEqualTo(1);
  }

  @Test
  void refusesWhatSaysTooLittleOrTwice() {
    assertThatThrownBy(() -> read("compute-watts: 3\nradio: wifi\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("\"idle-watts\" is missing");
    assertThatThrownBy(() -> read("curve-watts: [1]\nload: 1\nidle-watts: 1\nradio: wifi\n"))
        .hasMessageContaining("leave out the others");
    assertThatThrownBy(() -> read("compute-watts: 3\nidle-watts: 1\nradio: 5g\n"))
        .hasMessageContaining("a radio is wifi, 4g, 3g");
    assertThatThrownBy(() -> read("watts: 3\n")).hasMessageContaining("watts");
  }
}
