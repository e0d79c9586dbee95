package io.cleave.policies.onnx;

import java.util.ArrayList;
import java.util.List;

/**
 * Networks that see one thing from several places: an image with a channel for each view, grey, 28
 * x 28, in 10 classes. Each view has a device with weights of its own.
 */
public final class ViewNetworks {
  /** How many views there are, and so devices. */
  public static final int VIEWS = 6;

  /**
   * How many feature maps a device makes. A multiple of 16: the engine's convolution of 24 channels
   * (6 x 4) answered NaN now and then to inputs and kernels without any.
   */
  public static final int FILTERS = 16;

  /** Binary values of one feature map: 7 x 7. */
  public static final int BITS_A_FILTER = 7 * 7;

  /** How many classes they tell apart. */
  public static final int CLASSES = 10;

  private static final long CLOUD_FILTERS = 16;
  private static final Window THREE = Window.same(3, 3);
  private static final Window HALF = Window.valid(2, 2);
  private static final Window QUARTER = Window.valid(4, 4);

  private ViewNetworks() {}

  /**
   * The network of Teerapittayanon, McDanel, Kung, "Distributed deep neural networks over the
   * cloud, the edge and end devices", ICDCS 2017. Each device makes binary feature maps, and from
   * them a score for each class; exit1 is made of all devices' scores, exit2, by the cloud, of all
   * devices' feature maps.
   *
   * @param local how scores become one
   * @param cloud how feature maps become one
   */
  public static Architecture ddnn(Aggregation local, Aggregation cloud) {
    String name = "ddnn-%s-%s".formatted(local.id(), cloud.id());
    Blueprint b = new Blueprint(name, VIEWS, 28, 28);
    List<String> maps = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    for (String view : b.split(Blueprint.INPUT, VIEWS)) {
      String map = b.sign(b.maxPool(b.conv(view, FILTERS, THREE), QUARTER, false));
      maps.add(map);
      scores.add(b.dense(b.flatten(map), CLASSES));
    }
    local.exit(b, scores);
    String x = cloud.of(b, maps);
    x = b.maxPool(b.convRelu(x, CLOUD_FILTERS, THREE), HALF, false);
    x = b.convRelu(x, 2 * CLOUD_FILTERS, THREE);
    b.exit(b.flatten(x), CLASSES);
    return Architecture.of(name, b.bare());
  }
}
