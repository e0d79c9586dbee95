package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceClassTest {
  /** Ranges around what is seen in practice; a slip of a unit would fall out of them. */
  @ParameterizedTest
  @CsvSource({
    "RASPBERRY_PI_3B, VGG16, 5, 15",
    "RASPBERRY_PI_4B, VGG16, 1, 4",
    "RASPBERRY_PI_4B, RESNET50, 0.4, 1.2",
    "JETSON_TX2, VGG16, 0.3, 0.6",
    "DESKTOP, ALEXNET, 0.01, 0.06",
    "CLOUD_GPU, RESNET50, 0.005, 0.03"
  })
  void wholeNetworksTakePlausibleTimes(DeviceClass device, Zoo zoo, double least, double most) {
    DnnGraph graph = zoo.graph();
    assertThat(device.profile().times(graph).run(graph.all())).isBetween(least, most);
  }

  @Test
  void classesAreOrderedFromSlowToFast() {
    DnnGraph graph = Zoo.RESNET18.graph();
    assertThat(
            Arrays.stream(DeviceClass.values())
                .filter(device -> device != DeviceClass.LAPTOP) // beside the TX2, not above it
                .map(device -> device.profile().times(graph).run(graph.all())))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void isFoundByItsName() {
    assertThat(DeviceClass.byId("raspberry-pi-3b")).isEqualTo(DeviceClass.RASPBERRY_PI_3B);
    assertThatThrownBy(() -> DeviceClass.byId("raspberry"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("raspberry-pi-3b");
  }

  @Test
  void energyCarriesTheRadioAskedFor() {
    EnergyModel energy = DeviceClass.RASPBERRY_PI_3B.energy(Radio.WIFI);
    assertThat(energy.computeWatts()).isEqualTo(5.1);
    // 10 Mbit in 2 s over WiFi: 0.28317 * 10 + 0.13286 * 2 = 3.09742 J.
    assertThat(energy.radio().sendJoules(10e6, 2)).isEqualTo(3.09742);
  }
}
