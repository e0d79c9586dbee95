package io.cleave.testbed.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.ValueRange;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.codecs.EightBitStudy;
import io.cleave.testbed.codecs.EightBitTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave model quantised}: what eight bits on the device cost, cut by cut. */
@Command(
    name = "quantised",
    mixinStandardHelpOptions = true,
    description = "Measures what eight bits on the device cost, cut by cut, and notes it.",
    footer = {
      "",
      "Calibrates on the first training images, then measures storage, speed and right answers of",
      "the test images at each cut that is worth it. Writes NAME-int8.onnx, the network as far as",
      "its last output with notes by which planners and agents run its first layers in eight",
      "bits, and NAME-int8.csv. A network of the zoo, whose answers mean nothing, is calibrated on",
      "noise, and only the table is written."
    })
final class ModelQuantisedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ModelReference model = new ModelReference();

  @Mixin private ImageOption images = new ImageOption();

  @Option(
      names = "--calibration",
      defaultValue = "500",
      description = "How many training images, or noise images, to calibrate on (default: 500).")
  private int calibration;

  @Option(
      names = "--images",
      defaultValue = "10000",
      description = "How many test images to answer (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--rounds",
      defaultValue = "30",
      description = "Timed runs of each form at each cut (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the noise (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "",
      description = "Where to write (default: beside the model; for the zoo, here).")
  private Path out = Path.of("");

  @Option(names = "--with-model", description = "Write a network of the zoo, too, to try it live.")
  private boolean withModel;

  @Override
  public Integer call() {
    if (calibration < 1 || rounds < 1) {
      throw new UserError(
          "--calibration and --rounds must be at least 1, not %d and %d."
              .formatted(calibration, rounds));
    }
    EightBitStudy study = EightBitStudy.of(model.slicer(), rounds);
    if (model.zoo().isPresent()) {
      writeTable(withoutAnswers(study));
    } else {
      withAnswers(study);
    }
    return 0;
  }

  private List<EightBitStudy.Row> withoutAnswers(EightBitStudy study) {
    Map<String, ValueRange> ranges = study.ranges(noise(study.cuts().get(0)));
    List<EightBitStudy.Row> rows = new ArrayList<>();
    for (Tensor cut : study.cuts()) {
      rows.add(print(study.of(cut, ranges)));
    }
    if (withModel) {
      WholeFiles.write(List.of(place(".onnx")), List.of(study.noted(ranges, rows)));
    }
    return rows;
  }

  private List<float[]> noise(Tensor input) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> images = new ArrayList<>();
    for (int image = 0; image < calibration; image++) {
      float[] values = new float[Math.toIntExact(input.shape().elements())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (2 * random.nextDouble() - 1);
      }
      images.add(values);
    }
    return images;
  }

  private void withAnswers(EightBitStudy study) {
    LabelledImages test = first(images.read("t10k"), "--images", count);
    LabelledImages seen = first(images.read("train"), "--calibration", calibration);
    Map<String, ValueRange> ranges = study.ranges(EightBitStudy.pixels(seen));
    double whole = study.right(test);
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "in floats %.2f %% of %d images right%n", 100 * whole, test.count());
    List<EightBitStudy.Row> rows = new ArrayList<>();
    for (Tensor cut : study.cuts()) {
      rows.add(print(study.of(cut, ranges, test, whole)));
    }
    WholeFiles.write(List.of(place(".onnx")), List.of(study.noted(ranges, rows)));
    writeTable(rows);
  }

  private static LabelledImages first(LabelledImages all, String option, int count) {
    if (count < 1 || count > all.count()) {
      throw new UserError("%s must be in 1..%d, not %d.".formatted(option, all.count(), count));
    }
    return all.range(0, count);
  }

  private void writeTable(List<EightBitStudy.Row> rows) {
    WholeFiles.write(
        place(".csv"),
        writer ->
            EightBitTable.write(
                CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer), rows));
  }

  private Path place(String ending) {
    Path folder =
        out.toString().isEmpty() && model.zoo().isEmpty()
            ? Path.of(model.text()).resolveSibling("")
            : out;
    return folder.resolve(model.stem() + "-int8" + ending);
  }

  private EightBitStudy.Row print(EightBitStudy.Row row) {
    PrintWriter to = spec.commandLine().getOut();
    to.printf(
        Locale.ROOT,
        "%-24s %8d bytes cross   %10d bytes stored, %10d in floats   time x %.3f   right %6.2f %%%n",
        row.cut().name(),
        row.cut().size().bytes() / 4,
        row.known().storageBytes(),
        row.floatBytes(),
        row.known().speedFactor(),
        100 * row.right());
    to.flush();
    return row;
  }
}
