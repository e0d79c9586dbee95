package io.cleave.policies.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.NetworkPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * The weights of a network while they are learned, in the engine's memory. A convolution's bias is
 * its normalisation's shift until the network is written.
 */
final class TrainableNetwork {
  private static final String BIAS = ".bias";

  private final Architecture architecture;
  private final boolean normalising;
  private final Map<String, NDArray> dense = new LinkedHashMap<>();
  private final Map<String, NormalisedKernel> convolutions = new LinkedHashMap<>();

  /**
   * Draws weights as He et al., ICCV 2015, do.
   *
   * @param manager that owns them
   */
  TrainableNetwork(Architecture architecture, NDManager manager, long seed) {
    this.architecture = architecture;
    this.normalising = true;
    SplittableRandom random = new SplittableRandom(seed);
    architecture
        .weights()
        .forEach(
            (name, dims) -> {
              long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
              if (dims.size() == 4) {
                NDArray kernel = manager.create(drawn(shape, random), new Shape(shape));
                convolutions.put(name, NormalisedKernel.fresh(kernel, manager));
              } else if (dims.size() == 2) {
                dense.put(name, manager.create(drawn(shape, random), new Shape(shape)));
              } else if (dense.containsKey(kernelOf(name))) {
                dense.put(name, manager.zeros(new Shape(shape)));
              }
            });
    learned((name, weight) -> weight.setRequiresGradient(true));
  }

  /**
   * Goes on from weights that were learned before, normalisation folded in; batches are not
   * normalised by themselves any more.
   *
   * @param manager that owns them
   * @param weights as {@link #weights} tells them; others than the network's are left out
   */
  TrainableNetwork(Architecture architecture, NDManager manager, Map<String, float[]> weights) {
    this.architecture = architecture;
    this.normalising = false;
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    architecture
        .weights()
        .forEach((name, dims) -> arrays.put(name, array(name, dims, weights, manager)));
    arrays.forEach(
        (name, array) -> {
          if (array.getShape().dimension() == 4) {
            NDArray bias = Objects.requireNonNull(arrays.get(biasOf(name)), name);
            convolutions.put(name, NormalisedKernel.folded(array, bias, manager));
          } else if (array.getShape().dimension() == 2 || dense.containsKey(kernelOf(name))) {
            dense.put(name, array);
          }
        });
    learned((name, weight) -> weight.setRequiresGradient(true));
  }

  private static NDArray array(
      String name, List<Long> dims, Map<String, float[]> weights, NDManager manager) {
    Shape shape = new Shape(dims.stream().mapToLong(Long::longValue).toArray());
    float[] values = weights.get(name);
    if (values == null || values.length != shape.size()) {
      throw new IllegalArgumentException(
          "The weight '%s' takes %d values, not %s. Maybe the weights are another network's."
              .formatted(name, shape.size(), values == null ? "none" : values.length));
    }
    return manager.create(values, shape);
  }

  private static String biasOf(String kernel) {
    return kernel.substring(0, kernel.length() - ".weight".length()) + BIAS;
  }

  private static String kernelOf(String bias) {
    return bias.substring(0, bias.length() - BIAS.length()) + ".weight";
  }

  private static float[] drawn(long[] shape, SplittableRandom random) {
    long count = 1;
    for (long dim : shape) {
      count *= dim;
    }
    double deviation = Math.sqrt(2 * shape[0] / (double) count);
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  Architecture architecture() {
    return architecture;
  }

  /** Answers of all exits before the softmax, batch x classes each. */
  List<NDArray> forward(NDArray images, boolean training) {
    return architecture.perform(
        new TorchOperations(
            dense, convolutions, FilterGates.none(), training, training && normalising),
        images);
  }

  /** The same with slopes, through gates behind filters; batches are not normalised. */
  List<NDArray> forward(NDArray images, FilterGates gates) {
    return architecture.perform(
        new TorchOperations(dense, convolutions, gates, true, false), images);
  }

  /** What a part of the network makes of what it is given, with slopes. */
  Map<String, NDArray> forward(NetworkPart part, Map<String, NDArray> given) {
    return part.perform(
        new TorchOperations(dense, convolutions, FilterGates.none(), true, normalising), given);
  }

  /**
   * The same where one tensor crosses to another machine and does not come through whole; batches
   * are not normalised.
   */
  List<NDArray> forward(NDArray images, String tensor, CodedCuts.Form form, boolean training) {
    return architecture.perform(
        new CodedOperations(dense, convolutions, training, tensor, form), images);
  }

  /** A convolution's weights: outputs, inputs, height, width. Not a copy. */
  NDArray kernel(String name) {
    return NormalisedKernel.of(convolutions, name).kernel();
  }

  /** Calls with the name and content of all that is learned by descent. */
  void learned(BiConsumer<String, NDArray> each) {
    dense.forEach(each);
    convolutions.forEach(
        (name, kernel) -> {
          each.accept(name, kernel.kernel());
          each.accept(name + ".scale", kernel.scale());
          each.accept(name + ".shift", kernel.shift());
        });
  }

  /** The same of some weights: kernels with their normalisation, and biases. */
  void learned(Set<String> names, BiConsumer<String, NDArray> each) {
    learned(
        (name, weight) -> {
          if (names.contains(name.replaceFirst("\\.(scale|shift)$", ""))) {
            each.accept(name, weight);
          }
        });
  }

  /** The weights as {@link Architecture#write} takes them, normalisation folded in. */
  Map<String, float[]> weights() {
    Map<String, float[]> weights = new LinkedHashMap<>();
    dense.forEach((name, weight) -> weights.put(name, weight.toFloatArray()));
    convolutions.forEach(
        (name, kernel) -> {
          weights.put(name, kernel.foldedKernel());
          weights.put(biasOf(name), kernel.foldedBias());
        });
    return weights;
  }
}
