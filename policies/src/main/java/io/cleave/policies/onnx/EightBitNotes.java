package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model file says of itself in eight bits, in its metadata: its weights stay floats, and
 * whoever runs its first layers in eight bits makes these weights of them.
 *
 * @param ranges in which values of each tensor were seen
 * @param cuts what it takes to make these tensors in eight bits, with all that leads to them
 */
public record EightBitNotes(Map<String, ValueRange> ranges, Map<String, EightBits> cuts) {
  private static final String KEY = "cleave.eight_bits";
  private static final String RANGE = "range";
  private static final String CUT = "cut";

  public EightBitNotes {
    ranges = Map.copyOf(ranges);
    cuts = Map.copyOf(cuts);
  }

  /**
   * The notes of a model; empty ones if it has none.
   *
   * @throws ModelFormatException if there are some that cannot be understood
   */
  static EightBitNotes of(ModelProto model) {
    Map<String, ValueRange> ranges = new TreeMap<>();
    Map<String, EightBits> cuts = new TreeMap<>();
    for (StringStringEntryProto note : model.getMetadataPropsList()) {
      if (note.getKey().equals(KEY)) {
        note.getValue().lines().forEach(line -> read(line, ranges, cuts));
      }
    }
    return new EightBitNotes(ranges, cuts);
  }

  private static void read(
      String line, Map<String, ValueRange> ranges, Map<String, EightBits> cuts) {
    String[] cells = line.split("\t", -1);
    try {
      if (cells.length == 4 && cells[0].equals(RANGE)) {
        ranges.put(cells[1], new ValueRange(number(cells[2]), number(cells[3])));
      } else if (cells.length == 5 && cells[0].equals(CUT)) {
        cuts.put(
            cells[1], new EightBits(number(cells[2]), Long.parseLong(cells[3]), number(cells[4])));
      } else {
        throw new IllegalArgumentException("it is neither a range nor a cut.");
      }
    } catch (IllegalArgumentException error) { // numbers that are none among them
      throw new ModelFormatException(
          "The model's note '%.80s' on %s cannot be used: %s"
              .formatted(line, KEY, String.valueOf(error.getMessage())),
          error);
    }
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  /** The model with these notes instead of those that it had. */
  ModelProto on(ModelProto model) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(ranges)
        .forEach((tensor, range) -> line(text, RANGE, tensor, range.low() + "\t" + range.high()));
    new TreeMap<>(cuts)
        .forEach(
            (tensor, cut) ->
                line(
                    text,
                    CUT,
                    tensor,
                    cut.speedFactor() + "\t" + cut.storageBytes() + "\t" + cut.accuracyLoss()));
    ModelProto.Builder noted = model.toBuilder().clearMetadataProps();
    model.getMetadataPropsList().stream()
        .filter(note -> !note.getKey().equals(KEY))
        .forEach(noted::addMetadataProps);
    return noted
        .addMetadataProps(StringStringEntryProto.newBuilder().setKey(KEY).setValue(text.toString()))
        .build();
  }

  private static void line(StringBuilder text, String what, String tensor, String rest) {
    if (tensor.indexOf('\t') >= 0 || tensor.indexOf('\n') >= 0) {
      throw new ModelFormatException(
          "The tensor '%s' has a tab or a line's end in its name.".formatted(tensor));
    }
    text.append(what).append('\t').append(tensor).append('\t').append(rest).append('\n');
  }

  /** The network, knowing what it takes to make its tensors in eight bits. */
  DnnGraph on(DnnGraph graph) {
    return cuts.isEmpty()
        ? graph
        : graph.with(
            tensor -> {
              EightBits known = cuts.get(tensor.name());
              return known == null ? tensor : tensor.with(known);
            });
  }
}
