package io.cleave.testbed.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.cleave.policies.learning.ChannelCode;
import io.cleave.policies.learning.ChannelRecipe;
import io.cleave.policies.learning.ChannelTraining;
import io.cleave.policies.learning.Crossings;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.codecs.CutCrossings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave train channel}: a code for a noisy link, learned with what answers behind it. */
@Command(
    name = "channel",
    mixinStandardHelpOptions = true,
    description = "Learns what to send at a cut over a noisy link, and to answer from it.",
    footer = {
      "",
      "The network's layers before the cut stay as they are. Prints and writes",
      "NETWORK-channel-TENSOR.csv with what is right of the test images by seed, symbols and",
      "signal over noise."
    })
final class TrainChannelCommand implements Callable<Integer> {
  private static final int CLASSES = 10;
  private static final double WORST = -5;
  private static final double BEST = 20;
  private static final double[] DECIBELS = {-5, 0, 5, 10, 20};

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--network",
      paramLabel = "FILE",
      required = true,
      description = "The network to begin with: models/lenet-exits.onnx, which comes with it.")
  private Path network = Path.of("");

  @Option(
      names = "--cut",
      paramLabel = "TENSOR",
      required = true,
      description = "What would cross: flatten2 of LeNet.")
  private String cut = "";

  @Option(
      names = "--symbols",
      split = ",",
      defaultValue = "4,16,64",
      description = "Real numbers that cross instead (default: ${DEFAULT-VALUE}).")
  private List<Integer> symbols = new ArrayList<>();

  @Option(
      names = "--images",
      defaultValue = "20000",
      description = "Images to learn from, at most (default: ${DEFAULT-VALUE}).")
  private int most;

  @Option(names = "--epochs", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Mixin private SeedsOption seeds = new SeedsOption();
  @Mixin private TrainingOptions options = new TrainingOptions();

  /** A line of the result. */
  private record Row(long seed, int symbols, double decibel, double right) {}

  @Override
  public Integer call() {
    Path file = Shipped.file(network);
    if (!Files.isRegularFile(file)) {
      throw new UserError("There is no file %s.".formatted(network));
    }
    List<Long> all = seeds.from(options.seed());
    TrainingOptions.Sets sets = options.sets(most, ImageOption.VALIDATION);
    OnnxSlicer slicer = OnnxSlicer.read(file, Map.of());
    Crossings learned = CutCrossings.of(slicer, cut, sets.training());
    Crossings test = CutCrossings.of(slicer, cut, options.test());
    List<Row> rows = new ArrayList<>();
    String name = slicer.graph().name() + "-channel-" + cut;
    for (int each : symbols) {
      for (long seed : all) {
        rows.addAll(rows(each, seed, learned, test));
        // Anew after each seed, so that whoever stops early has what was done.
        WholeFiles.write(
            options.file(name).resolveSibling(name + ".csv"),
            writer ->
                write(CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer), rows));
      }
    }
    return 0;
  }

  private static void write(CsvWriter csv, List<Row> rows) {
    csv.writeRecord("seed", "symbols", "snr_db", "right_percent");
    for (Row row : rows) {
      csv.writeRecord(
          String.valueOf(row.seed()),
          String.valueOf(row.symbols()),
          String.format(Locale.ROOT, "%.0f", row.decibel()),
          String.format(Locale.ROOT, "%.2f", 100 * row.right()));
    }
  }

  private List<Row> rows(int each, long seed, Crossings learned, Crossings test) {
    ChannelCode code = code(each, seed, learned);
    PrintWriter out = spec.commandLine().getOut();
    List<Row> rows = new ArrayList<>();
    for (double decibel : DECIBELS) {
      Row row = new Row(seed, each, decibel, code.right(test, decibel, seed));
      out.printf(
          Locale.ROOT,
          "seed %d, %d symbols, %.0f dB: %.2f %% right%n",
          seed,
          each,
          decibel,
          100 * row.right());
      rows.add(row);
    }
    out.flush();
    return rows;
  }

  private ChannelCode code(int each, long seed, Crossings learned) {
    try (ChannelTraining training =
        new ChannelTraining(
            new ChannelRecipe(
                each, 128, options.smoke() ? 1 : epochs, 64, 0.001, WORST, BEST, seed),
            learned,
            CLASSES)) {
      return training.run();
    } catch (IllegalArgumentException | IllegalStateException error) {
      throw new UserError(String.valueOf(error.getMessage()));
    }
  }
}
