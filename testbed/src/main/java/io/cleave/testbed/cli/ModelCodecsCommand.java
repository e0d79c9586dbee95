package io.cleave.testbed.cli;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.onnx.OnnxSlicer;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.UserError;
import io.cleave.testbed.WholeFiles;
import io.cleave.testbed.codecs.CodecStudy;
import io.cleave.testbed.experiment.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cleave model codecs}: what each codec makes of bytes and answers, cut by cut. */
@Command(
    name = "codecs",
    mixinStandardHelpOptions = true,
    description = "Measures what each codec does to a model's bytes and answers, cut by cut.",
    footer = {
      "",
      "The model takes one grey image; its last output has a number for each class. At each cut",
      "where one tensor crosses, the first test images go through every codec. Writes",
      "FILE.codecs.csv beside the model, by which planners know what crosses and what that costs."
    })
final class ModelCodecsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "An ONNX file.")
  private Path model = Path.of("");

  @Mixin private ImageOption images = new ImageOption();

  @Option(
      names = "--images",
      defaultValue = "1000",
      description = "How many of the test images (default: ${DEFAULT-VALUE}).")
  private int count;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(model)) {
      throw new UserError("There is no file %s.".formatted(model));
    }
    LabelledImages test = images.read("t10k");
    if (count < 1 || count > test.count()) {
      throw new UserError("--images must be in 1..%d, not %d.".formatted(test.count(), count));
    }
    OnnxSlicer slicer = OnnxSlicer.read(model, Map.of());
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Map<Codec, Tensor.Measured>> measured = new LinkedHashMap<>();
    for (Tensor cut : CodecStudy.cuts(slicer.graph())) {
      List<CodecStudy.Row> rows = CodecStudy.of(slicer, cut, test.range(0, count));
      print(cut, rows, out);
      Map<Codec, Tensor.Measured> byCodec = new EnumMap<>(Codec.class);
      double plain = rows.get(0).right(); // of FP32, which changes nothing
      rows.forEach(
          row -> byCodec.put(row.codec(), new Tensor.Measured(row.factor(), plain - row.right())));
      measured.put(cut.name(), byCodec);
    }
    String sha256 = Sha256.of(Files.readAllBytes(model));
    WholeFiles.write(
        List.of(SizesFile.beside(model)), List.of(SizesFile.content(sha256, measured)));
    return 0;
  }

  private static void print(Tensor cut, List<CodecStudy.Row> rows, PrintWriter out) {
    out.printf("%s, %s, %d bytes%n", cut.name(), cut.shape(), cut.size().bytes());
    for (CodecStudy.Row row : rows) {
      out.printf(
          Locale.ROOT,
          "  %-13s %9.0f bytes %7.4f   right %6.2f %%   other answers %5.2f %%%n",
          row.codec(),
          row.wireBytes(),
          row.factor(),
          100 * row.right(),
          100 * row.changed());
    }
    out.flush();
  }
}
