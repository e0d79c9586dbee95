package io.cleave.testbed.live;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.testbed.compare.CompareRun;
import io.cleave.testbed.experiment.Experiment;
import io.cleave.testbed.experiment.ExperimentFile;
import io.cleave.testbed.experiment.RunFolder;
import io.cleave.testbed.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Labelled images through a network with exits, the first on the device and the second on a server,
 * in a world of real programs and simulated.
 */
final class ComparedExits {
  private static final PlannerCatalog CATALOG = PlannerCatalog.standard();
  private static final int FRAMES = 30;
  private static final String EXPERIMENT =
      """
      name: exits
      models: [%1$s/models/lenet-exits.onnx]
      images: %1$s/images/fashion-mnist
      device: {class: microcontroller, name: camera}
      servers: [{class: desktop, name: desktop}]
      traces: [{name: belgium-4g-bus, from-seconds: 60, seconds: 40}]
      arrivals: {kind: periodic, frames-per-second: 2}
      planners: ["ddnn{threshold=0.1}"]
      seeds: 1
      seconds: 15
      """
          .formatted(Path.of("").toAbsolutePath());

  private ComparedExits() {}

  /** Every frame leaves where the whole network's recorded answers say, on whichever machine. */
  static void leaveWhereTheWholeNetworkDoes(
      Path folder, BiFunction<Experiment, Path, RealWorld> founding) throws IOException {
    Path file = Files.writeString(folder.resolve("exits.yaml"), EXPERIMENT);
    Experiment experiment =
        ExperimentFile.read(file, new Setting.Fields("test", Map.of()), CATALOG);
    Path out = folder.resolve("compared");
    try (RunFolder results = RunFolder.at(out)) {
      new CompareRun(experiment, CATALOG, results)
          .run(logs -> founding.apply(experiment, logs), new Stop());
      results.publish();
    }
    NamedCsvRecord compared = row(out.resolve("compare.csv"));
    assertThat(number(compared, "frames")).isEqualTo(FRAMES);
    assertThat(number(compared, "same_answer_percent")).isEqualTo(100);
    assertThat(number(compared, "measured_offloaded_percent")).isGreaterThan(50);
    assertThat(number(compared, "measured_mean_exit")).isBetween(1.01, 1.99);
  }

  private static NamedCsvRecord row(Path file) throws IOException {
    try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      return csv.stream().findFirst().orElseThrow();
    }
  }

  private static double number(NamedCsvRecord row, String column) {
    return Double.parseDouble(row.getField(column));
  }
}
