package io.cleave.testbed.experiment;

import io.cleave.policies.answers.AnswersFile;
import io.cleave.policies.answers.ExitStudy;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.onnx.OnnxGraph;
import io.cleave.policies.plan.SizesFile;
import io.cleave.testbed.UserError;
import io.cleave.testbed.settings.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads networks from ONNX files that an experiment names. */
final class OnnxNetwork {
  private OnnxNetwork() {}

  /** A file whose only open axis, if any, is the batch. */
  static Network read(Path file) {
    return read(file, stem(file), Map.of());
  }

  /**
   * A file with the shapes of its inputs: {@code {file: x.onnx, inputs: {data: 1x3x224x224}}}.
   *
   * @param folder that its path is relative to
   */
  static Network read(Section section, Path folder) {
    Path file = Section.path(section.at("file"), folder);
    Map<String, TensorShape> sizes = new LinkedHashMap<>();
    if (section.has("inputs")) {
      Section inputs = section.section("inputs");
      inputs
          .keys()
          .forEach(input -> sizes.put(input, Section.parsed(inputs.at(input), TensorShape::parse)));
    }
    return read(file, section.has("name") ? section.text("name") : stem(file), sizes);
  }

  private static Network read(Path file, String name, Map<String, TensorShape> sizes) {
    DnnGraph graph = OnnxGraph.read(file, sizes);
    return new Network(name, file.toString(), measured(graph, file), sizes, exits(file));
  }

  private static DnnGraph measured(DnnGraph graph, Path file) {
    try {
      return SizesFile.measured(graph, file, Sha256.ofModel(file));
    } catch (IOException unusable) {
      throw new UserError("The sizes in codecs cannot be used: " + unusable.getMessage());
    }
  }

  private static Optional<ExitStudy> exits(Path file) {
    try {
      return AnswersFile.read(file, Sha256.ofModel(file));
    } catch (IOException unusable) {
      throw new UserError("The answers of the exits cannot be used: " + unusable.getMessage());
    }
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceAll("\\.onnx$", "");
  }
}
