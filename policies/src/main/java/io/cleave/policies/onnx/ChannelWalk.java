package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows the channels that a convolution makes to all that reads them. */
final class ChannelWalk {
  /** Each channel by itself, and zeros from zeros. */
  private static final Set<String> APART =
      Set.of(
          "Relu",
          "LeakyRelu",
          "Elu",
          "Selu",
          "Tanh",
          "HardSwish",
          "Sign",
          "Round",
          "Identity",
          "Dropout",
          "MaxPool",
          "AveragePool",
          "GlobalMaxPool",
          "GlobalAveragePool");

  private final ChannelReaders readers;
  private final String layer;
  private final List<FilterGroup.Place> places = new ArrayList<>();
  private final List<String> tensors = new ArrayList<>();
  private final Deque<Carrier> ahead = new ArrayDeque<>();
  private Optional<String> obstacle = Optional.empty();
  private int filters;

  /**
   * A tensor that carries the channels.
   *
   * @param flat whether each channel's map lies in one axis with the others
   */
  private record Carrier(String tensor, boolean flat) {}

  private ChannelWalk(ChannelReaders readers, String layer) {
    this.readers = readers;
    this.layer = layer;
  }

  static ChannelWalk from(NodeProto convolution, ChannelReaders readers) {
    ChannelWalk walk = new ChannelWalk(readers, ChannelReaders.name(convolution));
    walk.begin(convolution);
    while (walk.obstacle.isEmpty() && !walk.ahead.isEmpty()) {
      walk.follow(walk.ahead.remove());
    }
    return walk;
  }

  /** Why the filters cannot go; empty if they can. */
  Optional<String> obstacle() {
    return obstacle;
  }

  FilterGroup group() {
    return new FilterGroup(layer, filters, places, tensors);
  }

  private void begin(NodeProto convolution) {
    long groups = integer(convolution, "group", 1);
    filters = readers.length(convolution.getInput(1), 0).map(Math::toIntExact).orElse(0);
    if (groups != 1) {
      obstacle = Optional.of("it takes its channels in %d groups".formatted(groups));
      return;
    }
    weight(convolution, 1, 0, true);
    if (convolution.getInputCount() > 2 && !convolution.getInput(2).isEmpty()) {
      weight(convolution, 2, 0, true);
    }
    ahead.add(new Carrier(convolution.getOutput(0), false));
  }

  private void follow(Carrier carrier) {
    tensors.add(carrier.tensor());
    if (readers.answered(carrier.tensor())) {
      obstacle = Optional.of("the network answers with '%s'".formatted(carrier.tensor()));
    }
    for (NodeProto reader : readers.of(carrier.tensor())) {
      if (obstacle.isEmpty()) {
        read(carrier, reader);
      }
    }
  }

  private void read(Carrier carrier, NodeProto reader) {
    boolean first = reader.getInputCount() > 0 && reader.getInput(0).equals(carrier.tensor());
    boolean once = reader.getInputList().stream().filter(carrier.tensor()::equals).count() == 1;
    String operator = reader.getOpType();
    if (!first || !once || reader.getOutputCount() != 1) {
      refuse(reader);
    } else if (APART.contains(operator) || (operator.equals("Clip") && keepsZero(reader))) {
      ahead.add(new Carrier(reader.getOutput(0), carrier.flat()));
    } else if (operator.equals("BatchNormalization")) {
      for (int input = 1; input <= 4; input++) {
        weight(reader, input, 0, true);
      }
      ahead.add(new Carrier(reader.getOutput(0), carrier.flat()));
    } else if (operator.equals("Flatten") && integer(reader, "axis", 1) == 1) {
      ahead.add(new Carrier(reader.getOutput(0), true));
    } else if (operator.equals("Conv") && integer(reader, "group", 1) == 1) {
      weight(reader, 1, 1, false);
    } else if (operator.equals("Gemm") && carrier.flat() && integer(reader, "transA", 0) == 0) {
      weight(reader, 1, integer(reader, "transB", 0) == 1 ? 1 : 0, false);
    } else if (operator.equals("MatMul") && carrier.flat()) {
      weight(reader, 1, 0, false);
    } else {
      refuse(reader);
    }
  }

  private void refuse(NodeProto reader) {
    obstacle =
        Optional.of(
            "%s reads its channels, and does more than treat each by itself"
                .formatted(Operands.label(reader)));
  }

  private void weight(NodeProto node, int input, int axis, boolean making) {
    if (obstacle.isPresent()) {
      return;
    }
    String weight = node.getInput(input);
    Optional<Long> length = readers.length(weight, axis);
    if (length.isEmpty() || filters < 1 || length.get() % filters != 0) {
      obstacle =
          Optional.of(
              "the weight '%s' of %s is no constant of floats of its own, with a part for each filter"
                  .formatted(weight, Operands.label(node)));
    } else {
      int each = Math.toIntExact(length.get() / filters);
      places.add(new FilterGroup.Place(weight, axis, each, making));
    }
  }

  /** A bound that is left out is none; one that is worked out elsewhere may be any. */
  private boolean keepsZero(NodeProto clip) {
    return bound(clip, 1, "min", Double.NEGATIVE_INFINITY) <= 0
        && bound(clip, 2, "max", Double.POSITIVE_INFINITY) >= 0;
  }

  private double bound(NodeProto clip, int input, String attribute, double none) {
    if (clip.getInputCount() > input && !clip.getInput(input).isEmpty()) {
      return readers
          .constant(clip.getInput(input))
          .flatMap(constant -> TensorContent.of(constant).content())
          .map(content -> content.get(0))
          .orElse(Double.NaN);
    }
    return attribute(clip, attribute).map(each -> (double) each.getF()).orElse(none);
  }

  private static long integer(NodeProto node, String attribute, long otherwise) {
    return attribute(node, attribute).map(AttributeProto::getI).orElse(otherwise);
  }

  private static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream().filter(each -> each.getName().equals(name)).findFirst();
  }
}
