package io.cleave.agents.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a tree of files as Linux has it. */
final class MetersTest {
  @TempDir private Path classes = Path.of("");

  @Test
  void tellsNothingWhereNothingMeasures() {
    Meters meters = new Meters(classes.resolve("nowhere"));
    assertThat(meters.names()).isEmpty();
    assertThat(meters.read(0)).isEmpty();
  }

  @Test
  void countsPackagesOnceAndOverTheEndOfTheirRange() throws IOException {
    zone("intel-rapl:0", "package-0", 9_000_000);
    zone("intel-rapl:0:0", "core", 1); // a part of it
    zone("intel-rapl:1", "psys", 1); // holds it
    zone("intel-rapl-mmio:0", "package-0", 1); // the same again
    Meters meters = new Meters(classes);
    assertThat(meters.read(0)).isEqualTo(Map.of("package-0", 0.0));
    energy("intel-rapl:0", 9_500_000); // 0.5 J more
    assertThat(meters.read(1)).isEqualTo(Map.of("package-0", 0.5));
    energy("intel-rapl:0", 250_000); // of a range of 10 J: 0.5 to its end and 0.25 from its start
    assertThat(meters.read(2)).isEqualTo(Map.of("package-0", 1.25));
    assertThat(meters.joules("package-0")).isEqualTo(1.25);
    assertThat(meters.joules("package-1")).isNaN();
  }

  @Test
  void addsUpWhatABatteryGivesAndNotWhatItTakes() throws IOException {
    supply("BAT0", Map.of("status", "Discharging", "power_now", "10000000"));
    supply("AC", Map.of("online", "0"));
    Meters meters = new Meters(classes);
    assertThat(meters.read(5)).isEqualTo(Map.of("BAT0", 0.0));
    supply("BAT0", Map.of("power_now", "20000000"));
    assertThat(meters.read(7)).isEqualTo(Map.of("BAT0", 30.0)); // 2 s of 15 W
    supply("BAT0", Map.of("status", "Charging"));
    meters.read(7); // at once
    assertThat(meters.read(100)).isEqualTo(Map.of("BAT0", 30.0));
  }

  @Test
  void takesCurrentTimesVoltageWhereThereIsNoPower() throws IOException {
    supply(
        "BAT1",
        Map.of("status", "Discharging", "current_now", "-500000", "voltage_now", "12000000"));
    Meters meters = new Meters(classes);
    meters.read(0);
    assertThat(meters.read(10).get("BAT1")).isCloseTo(60, within(1e-9)); // 10 s of 0.5 A at 12 V
  }

  @Test
  void leavesOutWhatCannotBeReadAnyMore() throws IOException {
    zone("intel-rapl:0", "package-0", 0);
    Meters meters = new Meters(classes);
    Files.delete(classes.resolve("powercap/intel-rapl:0/energy_uj"));
    assertThat(meters.read(1)).isEmpty();
    assertThat(meters.names()).isEmpty();
    assertThat(meters.joules("package-0")).isNaN();
  }

  private void zone(String folder, String name, long microjoules) throws IOException {
    Path zone = Files.createDirectories(classes.resolve("powercap").resolve(folder));
    Files.writeString(zone.resolve("name"), name + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "10000000\n");
    energy(folder, microjoules);
  }

  private void energy(String folder, long microjoules) throws IOException {
    Files.writeString(
        classes.resolve("powercap").resolve(folder).resolve("energy_uj"), microjoules + "\n");
  }

  private void supply(String name, Map<String, String> files) throws IOException {
    Path supply = Files.createDirectories(classes.resolve("power_supply").resolve(name));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(supply.resolve(file.getKey()), file.getValue() + "\n");
    }
  }
}
