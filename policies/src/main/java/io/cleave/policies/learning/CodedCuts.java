package io.cleave.policies.learning;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Where a network is cut while it learns to bear what a codec does to the one tensor that crosses:
 * with each batch at one of these, or at none, all alike likely. So one network serves all cuts.
 *
 * <p>Source: noise of the form that is used later, with the slope of 1 where it has none, is
 * quantisation-aware training (Jacob et al., "Quantization and training of neural networks for
 * efficient integer-arithmetic-only inference", CVPR 2018, as remembered).
 *
 * @param tensors by name; empty if nothing is cut
 * @param form what is left of a tensor behind the cut
 */
public record CodedCuts(List<String> tensors, Form form) {
  /** What a codec leaves of a tensor; the same for the same values. */
  @FunctionalInterface
  public interface Form {
    /**
     * Of one image.
     *
     * @param values row-major
     * @param shape of one image, without the batch
     * @return as many values
     */
    float[] received(float[] values, List<Long> shape);
  }

  public CodedCuts {
    tensors = List.copyOf(tensors);
  }

  /** Nothing is cut. */
  public static CodedCuts none() {
    return new CodedCuts(List.of(), (values, shape) -> values);
  }

  /** The tensor that crosses in the next batch; empty for none. */
  Optional<String> drawn(SplittableRandom random) {
    return tensors.isEmpty() ? Optional.empty() : at(random.nextInt(tensors.size() + 1));
  }

  /** All by turns, and none. */
  Optional<String> at(long turn) {
    int place = (int) (turn % (tensors.size() + 1));
    return place < tensors.size() ? Optional.of(tensors.get(place)) : Optional.empty();
  }
}
