package io.cleave.testbed.cli;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.exits.ExitEvaluation;
import io.cleave.testbed.exits.ExitFile;
import io.cleave.testbed.experiment.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave model exits}: what the exits of a model are worth, on labelled images. */
@Command(
    name = "exits",
    mixinStandardHelpOptions = true,
    description = "Measures the exits of a model on labelled images.",
    footer = {
      "",
      "The model takes one grey image and its outputs are its exits, the earliest first, each with",
      "a number for each class. The last training images are for choosing thresholds, the test",
      "images for judging them. Writes FILE.exits.json and FILE.answers.csv.gz beside the model."
    })
final class ModelExitsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "An ONNX file.")
  private Path model = Path.of("");

  @Mixin private ImageOption images = new ImageOption();

  @Option(
      names = "--calibration",
      defaultValue = "5000",
      description = "How many of the training images (default: ${DEFAULT-VALUE}).")
  private int calibration;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(model)) {
      throw new UserError("There is no file %s.".formatted(model));
    }
    byte[] content = Files.readAllBytes(model);
    DnnGraph graph = OnnxGraph.read(model, Map.of());
    int classes = classes(graph);
    LabelledImages training = images.read("train");
    LabelledImages test = images.read("t10k");
    check(graph, training);
    check(graph, test);
    if (calibration < 1 || calibration > training.count()) {
      throw new UserError(
          "--calibration must be in 1..%d, not %d.".formatted(training.count(), calibration));
    }
    LabelledImages last = training.range(training.count() - calibration, training.count());
    ExitStudy study =
        new ExitStudy(
            ExitEvaluation.of(content, last, classes), ExitEvaluation.of(content, test, classes));
    String sha256 = Sha256.of(content);
    List<String> outputs =
        graph.outputs().stream().map(output -> graph.tensor(output).name()).toList();
    WholeFiles.write(
        List.of(ExitFile.beside(model), AnswersFile.beside(model)),
        List.of(
            ExitFile.content(sha256, outputs, study, ExitFile.recipe(model, sha256)),
            AnswersFile.content(study, sha256)));
    ExitsTable.print(outputs, study, spec.commandLine().getOut());
    return 0;
  }

  private static int classes(DnnGraph graph) {
    List<Long> sizes =
        graph.outputs().stream()
            .map(output -> graph.tensor(output).shape())
            .map(shape -> shape.rank() == 2 ? shape.dim(1) : -1)
            .distinct()
            .toList();
    if (sizes.size() != 1 || sizes.get(0) < 2) {
      throw new UserError(
          "Every output of a network with exits has a number for each class; those of %s have other shapes: %s."
              .formatted(
                  graph.name(),
                  graph.outputs().stream().map(output -> graph.tensor(output).shape()).toList()));
    }
    return Math.toIntExact(sizes.get(0));
  }

  private static void check(DnnGraph graph, LabelledImages images) {
    TensorShape wanted = graph.tensor(graph.layer(0).outputs().get(0)).shape();
    TensorShape given = TensorShape.of(1, 1, images.height(), images.width());
    if (!wanted.equals(given)) {
      throw new UserError(
          "%s takes %s, but the images are %s.".formatted(graph.name(), wanted, given));
    }
  }
}
