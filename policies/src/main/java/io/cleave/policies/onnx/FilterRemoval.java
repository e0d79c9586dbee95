package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a model physically smaller: weights lose the parts of filters that go. */
final class FilterRemoval {
  private FilterRemoval() {}

  /**
   * The model without some filters.
   *
   * @param gone filters by number, for each convolution that loses any
   * @throws IllegalArgumentException if a convolution cannot be pruned, or would have no filter
   */
  static ModelProto from(ModelProto model, FilterGroups groups, Map<String, BitSet> gone) {
    Map<String, List<Loss>> losses = new HashMap<>();
    gone.forEach(
        (layer, filters) -> {
          FilterGroup group = groups.of(layer);
          check(group, filters);
          for (FilterGroup.Place place : group.places()) {
            losses
                .computeIfAbsent(place.weight(), key -> new ArrayList<>())
                .add(new Loss(place.axis(), place.each(), filters));
          }
        });
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer().clearValueInfo();
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      TensorProto left = weight;
      for (Loss loss : losses.getOrDefault(weight.getName(), List.of())) {
        left = loss.of(left);
      }
      graph.addInitializer(left);
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private static void check(FilterGroup group, BitSet gone) {
    if (gone.length() > group.filters() || gone.cardinality() == group.filters()) {
      throw new IllegalArgumentException(
          "Of the %d filters of '%s' at least 1 must stay, and 0..%d can go, not %s."
              .formatted(group.filters(), group.layer(), group.filters() - 1, gone));
    }
  }

  /**
   * What a weight loses.
   *
   * @param each places of the axis that belong to one filter
   */
  private record Loss(int axis, int each, BitSet gone) {
    TensorProto of(TensorProto weight) {
      List<Long> dims = weight.getDimsList();
      long length = dims.get(axis) - (long) each * gone.cardinality();
      TensorProto.Builder left = weight.toBuilder().setDims(axis, length);
      if (weight.getFloatDataCount() > 0) {
        left.clearFloatData().addAllFloatData(keptNumbers(weight));
      } else if (!weight.getRawData().isEmpty()) {
        left.setRawData(keptBytes(weight));
      }
      return left.build();
    }

    private List<Float> keptNumbers(TensorProto weight) {
      int inner = inner(weight);
      List<Float> kept = new ArrayList<>();
      for (int i = 0; i < weight.getFloatDataCount(); i++) {
        if (stays(weight, i / inner)) {
          kept.add(weight.getFloatData(i));
        }
      }
      return kept;
    }

    private ByteString keptBytes(TensorProto weight) {
      int inner = inner(weight) * Float.BYTES;
      ByteBuffer all = weight.getRawData().asReadOnlyByteBuffer().slice(); // which may begin later
      ByteBuffer kept = ByteBuffer.allocate(all.remaining());
      for (int block = 0; block * inner < weight.getRawData().size(); block++) {
        if (stays(weight, block)) {
          kept.put(all.slice(block * inner, inner));
        }
      }
      return ByteString.copyFrom(kept.flip());
    }

    /** Values below one place of the axis. */
    private int inner(TensorProto weight) {
      List<Long> dims = weight.getDimsList();
      return Math.toIntExact(ViewRules.product(dims, axis + 1, dims.size()));
    }

    private boolean stays(TensorProto weight, int block) {
      return !gone.get((int) (block % weight.getDims(axis)) / each);
    }
  }
}
