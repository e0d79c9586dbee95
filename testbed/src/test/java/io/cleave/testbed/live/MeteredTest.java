package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.testbed.live.Metered.Modelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeteredTest {
  private static final Modelled MODELLED = Modelled.of(100, 40, 2, 60); // 20 s idle take 40 J

  @TempDir private Path folder = Path.of("");

  @Test
  void takesTheMeanWhileFramesCameIn() throws IOException {
    Path file =
        written(
            "90,package-0,0\n100,package-0,50\n130,BAT0,7\n130,package-0,80\n"
                + "160,package-0,650\n170,package-0,9999\n159,package-"); // stopped while writing
    Metered metered = Metered.read(file, 100, 160);
    assertThat(metered.watts()).isEqualTo(Map.of("package-0", 10.0)); // 600 J in 60 s; BAT0 once
    assertThat(metered.beside(MODELLED))
        .isEqualTo(
            "Energy: measured 600.0 J (10.0 W) by package-0, the idle machine and all its processes among it; modelled 140.0 J (2.33 W) of the device's class alone, 40.00 J of it between frames.");
  }

  @Test
  void saysPlainlyThatThereWasNoMeter() throws IOException {
    for (Path file : new Path[] {written(""), folder.resolve("none.csv")}) {
      assertThat(Metered.read(file, 0, 1e10).beside(MODELLED)).startsWith("Energy: not measured");
    }
  }

  private Path written(String lines) throws IOException {
    return Files.writeString(
        folder.resolve("agent-energy.csv"), "unix_seconds,meter,joules\n" + lines);
  }
}
