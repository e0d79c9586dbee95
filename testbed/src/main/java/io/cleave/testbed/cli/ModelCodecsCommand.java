package io.cleave.testbed.cli;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.codecs.Shown;
import io.cleave.testbed.experiment.Sha256;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cleave model codecs}: what each codec makes of bytes and answers, cut by cut. */
@Command(
    name = "codecs",
    mixinStandardHelpOptions = true,
    description = "Measures what each codec does to a model's bytes and answers, cut by cut.",
    footer = {
      "",
      "Wherever a single tensor of floats crosses, it goes through every codec, for",
      "each of the frames that the model, of one such input, is shown:",
      "  (neither)         labelled images, the first of the last 5,000 training",
      "                    images, from which no training here learns: bytes, and",
      "                    right answers of the last output",
      "  --frames FOLDER   images, read as agents do: bytes, and answers that are",
      "                    others, the most right ones that may be lost",
      "  --seeded COUNT    what agents make with frames=seeded: bytes alone",
      "Answers are judged where the last output has a number for each class, and",
      "never a zoo network's, which is not trained. Writes FILE.codecs.csv beside",
      "the model, by which planners know what crosses and what it costs; of a",
      "network of the zoo --out gets both."
    })
final class ModelCodecsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelReference model = new ModelReference();
  @Mixin private ShownOptions options = new ShownOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where a network of the zoo is written as NAME.onnx, with its table beside it.")
  private Optional<Path> out = Optional.empty();

  @Override
  public Integer call() {
    Path file = file();
    DnnGraph graph = model.graph();
    Shown shown = options.of(graph, given(), this::passedOver);
    if (model.zoo().isPresent()) {
      WholeFiles.stream(file, model::writeZoo);
    }
    CodecStudy.Result result = measured(model.slicer(file), shown);
    WholeFiles.write(
        List.of(SizesFile.beside(file)),
        List.of(SizesFile.content(Sha256.ofModel(file), byTensor(result.rows()))));
    CodecsTable.print(graph, result, shown.judge(), spec.commandLine().getOut());
    return 0;
  }

  /** The file that a person named; empty for a network of the zoo. */
  private Optional<Path> given() {
    return model.zoo().isPresent() ? Optional.empty() : Optional.of(Path.of(model.text()));
  }

  private Path file() {
    if (model.zoo().isEmpty()) {
      out.ifPresent(
          folder -> {
            throw new UserError(
                "--out is for networks of the zoo; the table of %s lies beside it."
                    .formatted(model.text()));
          });
      return Path.of(model.text());
    }
    return out.orElseThrow(
            () ->
                new UserError(
                    "%s is no file that a table could lie beside. Say with --out FOLDER where it is written as one."
                        .formatted(model.text())))
        .resolve(model.stem() + ".onnx");
  }

  private CodecStudy.Result measured(OnnxSlicer slicer, Shown shown) {
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(model.stem())
            .setStyle(ProgressBarStyle.ASCII)
            .setInitialMax(shown.most())
            .setUnit(" frames", 1)
            .setUpdateIntervalMillis(1000)
            .build()) {
      return CodecStudy.of(slicer, shown, bar::stepTo);
    }
  }

  private void passedOver(Path file, String why) {
    spec.commandLine().getErr().printf("%s is passed over: %s%n", file, why);
  }

  private static Map<String, Map<Codec, Tensor.Measured>> byTensor(List<CodecStudy.Row> rows) {
    Map<String, Map<Codec, Tensor.Measured>> measured = new LinkedHashMap<>();
    double plain = 0; // of FP32, which comes first and changes nothing
    for (CodecStudy.Row row : rows) {
      plain = row.codec() == Codec.FP32 ? row.right() : plain;
      measured
          .computeIfAbsent(row.tensor(), any -> new EnumMap<>(Codec.class))
          .put(row.codec(), new Tensor.Measured(row.factor(), plain - row.right()));
    }
    return measured;
  }
}
