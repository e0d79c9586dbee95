package io.cleave.policies.onnx;

import java.util.List;

/**
 * The filters of one convolution, and everything that goes with them when some go.
 *
 * @param layer the convolution
 * @param filters how many there are, at least 1
 * @param places where weights have a part for each filter
 * @param tensors that carry what the filters make, channel by channel, in their order
 */
public record FilterGroup(String layer, int filters, List<Place> places, List<String> tensors) {
  public FilterGroup {
    places = List.copyOf(places);
    tensors = List.copyOf(tensors);
    if (filters < 1) {
      throw new IllegalArgumentException(
          "'%s' has at least 1 filter, not %d.".formatted(layer, filters));
    }
  }

  /**
   * Where one weight has a part for each filter.
   *
   * @param weight its name
   * @param axis along which the parts lie, from 0
   * @param each how many places of the axis a filter has: 1, or those of a map behind a flatten
   * @param making whether it is the filter's own, or else the next layer's for what it makes
   */
  public record Place(String weight, int axis, int each, boolean making) {}

  /** The weight whose parts the filters are: outputs, inputs, height, width. */
  public String kernel() {
    return places.get(0).weight();
  }
}
