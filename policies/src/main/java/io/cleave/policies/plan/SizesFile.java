package io.cleave.policies.plan;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What share of its bytes each tensor of a network takes in each codec's form, and how many right
 * answers that costs, as a CSV file beside the model: {@code lenet.onnx} has {@code
 * lenet.codecs.csv}. The first line says which model's they are. A codec that is not known here is
 * passed over, so that a later version's file can be read.
 */
public final class SizesFile {
  private static final String FORMAT = "cleave-codecs-2";
  private static final String HEADER = "tensor,codec,wire_factor,lost_share";
  private static final int MOST_LINES = 100_000;

  private SizesFile() {}

  /** Where the sizes of a model's tensors are kept. */
  public static Path beside(Path model) {
    String name = String.valueOf(model.getFileName()).replaceAll("\\.onnx$", "");
    return model.resolveSibling(name + ".codecs.csv");
  }

  /**
   * The file's content.
   *
   * @param measured by the tensor's name and then by codec
   */
  public static byte[] content(
      String modelSha256, Map<String, Map<Codec, Tensor.Measured>> measured) {
    StringBuilder csv = new StringBuilder();
    csv.append(FORMAT).append(',').append(modelSha256).append('\n').append(HEADER).append('\n');
    measured.forEach(
        (tensor, byCodec) ->
            new TreeMap<>(byCodec)
                .forEach(
                    (codec, each) ->
                        csv.append(
                            String.format(
                                Locale.ROOT,
                                "%s,%s,%.5f,%.5f\n",
                                quoted(tensor),
                                codec,
                                each.factor(),
                                each.lost()))));
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * The network with what is kept beside its model; as it is if nothing is kept there.
   *
   * @throws IOException if what is there cannot be read, is no such file, or is another model's,
   *     with a line for whoever put it there
   */
  public static DnnGraph measured(DnnGraph graph, Path model, String modelSha256)
      throws IOException {
    return with(graph, read(model, modelSha256));
  }

  /**
   * What is kept beside a model, by the tensor's name and then by the codec's; empty if nothing is.
   *
   * @throws IOException as {@link #measured}
   */
  public static Map<String, Map<String, Tensor.Measured>> read(Path model, String modelSha256)
      throws IOException {
    Path file = beside(model);
    if (!Files.exists(file)) {
      return Map.of();
    }
    List<String> lines = Files.readAllLines(file);
    String head = FORMAT + ',' + modelSha256;
    if (lines.size() < 2 || !lines.get(0).equals(head) || !lines.get(1).equals(HEADER)) {
      throw new IOException(
          "%s must begin with %s and %s, for this model. Maybe the model was trained again; measure its codecs again, too."
              .formatted(file, head, HEADER));
    }
    if (lines.size() > MOST_LINES) {
      throw new IOException(
          "%s has %d lines; at most %d are read.".formatted(file, lines.size(), MOST_LINES));
    }
    Map<String, Map<String, Tensor.Measured>> measured = new HashMap<>();
    for (int line = 2; line < lines.size(); line++) {
      read(lines.get(line), measured, "%s, line %d".formatted(file, line + 1));
    }
    return measured;
  }

  private static void read(
      String line, Map<String, Map<String, Tensor.Measured>> measured, String place)
      throws IOException {
    int behindName = line.lastIndexOf("\",");
    String[] cells = line.substring(Math.max(0, behindName) + 1).split(",", -1);
    double factor = cells.length == 4 ? number(cells[2]) : Double.NaN;
    double lost = cells.length == 4 ? number(cells[3]) : Double.NaN;
    boolean sound = factor > 0 && factor < 1e3 && lost >= -1 && lost <= 1;
    if (!line.startsWith("\"") || behindName < 1 || !sound) {
      throw new IOException(
          "%s: '%.80s' must be \"TENSOR\",CODEC,FACTOR,LOST with a factor above 0 and below 1000, and -1 to 1 of the right answers lost."
              .formatted(place, line));
    }
    String tensor = line.substring(1, behindName).replace("\"\"", "\"");
    measured
        .computeIfAbsent(tensor, any -> new HashMap<>())
        .put(cells[1], new Tensor.Measured(factor, lost));
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return Double.NaN;
    }
  }

  private static DnnGraph with(DnnGraph graph, Map<String, Map<String, Tensor.Measured>> measured) {
    if (measured.isEmpty()) {
      return graph;
    }
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : graph.tensors()) {
      tensors.add(
          new Tensor(
              tensor.name(),
              tensor.shape(),
              tensor.type(),
              tensor.producer(),
              measured.getOrDefault(tensor.name(), Map.of())));
    }
    return new DnnGraph(graph.name(), graph.layers(), tensors, graph.outputs());
  }
}
