package io.cleave.policies.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.spelling.Nearest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Well-known networks, built as ONNX (IR 9, opset 17) with an open batch axis. Weights are seeded,
 * not trained: times and sizes are right, answers mean nothing.
 */
public enum Zoo {
  ALEXNET("alexnet", ClassicNetworks::alexNet),
  VGG16("vgg16", ClassicNetworks::vgg16),
  NIN("nin", ClassicNetworks::networkInNetwork),
  TINY_YOLOV2("tiny-yolov2", ClassicNetworks::tinyYoloV2),
  YOLOV2("yolov2", ClassicNetworks::yoloV2),
  RESNET18("resnet18", ResidualNetworks::resNet18),
  RESNET50("resnet50", ResidualNetworks::resNet50),
  GOOGLENET("googlenet", InceptionNetworks::googLeNet),
  MOBILENETV2("mobilenetv2", ResidualNetworks::mobileNetV2),
  INCEPTIONV4("inceptionv4", InceptionNetworks::inceptionV4),
  LENET_EXITS("lenet-exits", ExitNetworks::lenet),
  ALEXNET_EXITS("alexnet-exits", ExitNetworks::alexnet),
  RESNET20_EXITS("resnet20-exits", ExitNetworks::resnet20),
  SMALL_CHAIN("small-chain", SmallNetworks::chain),
  SMALL_RESIDUAL("small-residual", SmallNetworks::residual),
  SMALL_INCEPTION("small-inception", SmallNetworks::inception),
  SMALL_DEPTHWISE("small-depthwise", SmallNetworks::depthwise),
  SMALL_EXITS("small-exits", SmallNetworks::exits);

  /** Batch, channels, height, width. */
  private static final int IMAGE_AXES = 4;

  private final String id;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference holds no state
  private final Supplier<Blueprint> blueprint;

  Zoo(String id, Supplier<Blueprint> blueprint) {
    this.id = id;
    this.blueprint = blueprint;
  }

  /** As people write it: {@code resnet18}. */
  public String id() {
    return id;
  }

  /** Whether it is one of the networks of a few thousand parameters, made for tests. */
  public boolean small() {
    return id.startsWith("small-");
  }

  /** Its graph for a batch of 1, without making any weights: some milliseconds. */
  public DnnGraph graph() {
    return graph(Map.of());
  }

  /**
   * Its graph for another batch or images of another size.
   *
   * @param sizes of the input by name
   * @throws ModelFormatException if the sizes contradict the network
   */
  public DnnGraph graph(Map<String, TensorShape> sizes) {
    return OnnxGraph.of(id, fitted(blueprint.get().bare(), sizes), sizes);
  }

  /**
   * Its graph for images of another size and a batch of 1.
   *
   * @throws ModelFormatException if its layers are bound to the usual size
   */
  public DnnGraph graph(long height, long width) {
    return OnnxGraph.of(id, ImageSize.resized(blueprint.get().bare(), height, width));
  }

  /** What it computes and which weights that takes, for training. */
  public Architecture architecture() {
    return Architecture.of(id, blueprint.get().bare());
  }

  /** The model with seeded weights; up to 0.6 GB for VGG16. */
  public ModelProto model(long seed) {
    return blueprint.get().model(seed);
  }

  /**
   * A slicer of the model with seeded weights.
   *
   * @param sizes of the input by name
   * @throws ModelFormatException if the sizes contradict the network
   */
  public OnnxSlicer slicer(long seed, Map<String, TensorShape> sizes) {
    return OnnxSlicer.of(id, fitted(model(seed), sizes), sizes);
  }

  /**
   * Writes the model as the content of an ONNX file: to the last bit the same for the same seed and
   * sizes, on every machine.
   *
   * @param sizes of the input by name; a batch leaves the file as it is, for its batch is open
   */
  public void write(long seed, Map<String, TensorShape> sizes, OutputStream out)
      throws IOException {
    fitted(model(seed), sizes).writeTo(out);
  }

  /** Made for images of the size that is asked for. */
  private static ModelProto fitted(ModelProto model, Map<String, TensorShape> sizes) {
    TensorShape asked = sizes.get(Blueprint.INPUT);
    return asked == null || asked.rank() != IMAGE_AXES
        ? model
        : ImageSize.resized(model, asked.dim(2), asked.dim(3));
  }

  /**
   * The network of this name; case, hyphens and underscores do not matter.
   *
   * @throws IllegalArgumentException naming the nearest network
   */
  public static Zoo byName(String name) {
    String wanted = letters(name);
    for (Zoo zoo : values()) {
      if (letters(zoo.id).equals(wanted)) {
        return zoo;
      }
    }
    throw new IllegalArgumentException(
        "There is no network '%s' in the zoo. Maybe '%s'? Known are %s."
            .formatted(name, Nearest.of(wanted, ids()), ids()));
  }

  private static List<String> ids() {
    return Arrays.stream(values()).map(Zoo::id).toList();
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
