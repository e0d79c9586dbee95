package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.TensorShape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZooTest {
  /** The figures that torchvision publishes, in billions and millions. */
  @ParameterizedTest
  @CsvSource({
    "ALEXNET, 0.71, 61.1",
    "VGG16, 15.5, 138.4",
    "RESNET18, 1.82, 11.7",
    "RESNET50, 4.1, 25.6",
    "MOBILENETV2, 0.30, 3.5",
    "GOOGLENET, 1.50, 6.6"
  })
  void countsWorkAsPublished(Zoo zoo, double gigaMacs, double millionParameters) {
    DnnGraph graph = zoo.graph();
    assertThat(graph.multiplyAccumulates() / 1e9).isCloseTo(gigaMacs, withinPercentage(1));
    assertThat(graph.parameters() / 1e6).isCloseTo(millionParameters, withinPercentage(1));
  }

  /**
   * Tiny YOLOv2 for VOC: 6.97 billion FLOP as Darknet prints, YOLOv2 for COCO 62.9; Inception-v4:
   * 12.3 billion and 42.7 million by several model libraries; NiN: 7.6 million by its Caffe file of
   * 29 MiB.
   */
  @ParameterizedTest
  @CsvSource({
    "TINY_YOLOV2, 3.485, 15.87",
    "YOLOV2, 31.47, 50.95",
    "YOLOV2, 31.47, 50.95",
    "INCEPTIONV4, 12.27, 42.68",
    "NIN, 1.10, 7.59"
  })
  void countsWorkPlausibly(Zoo zoo, double gigaMacs, double millionParameters) {
    DnnGraph graph = zoo.graph();
    assertThat(graph.multiplyAccumulates() / 1e9).isCloseTo(gigaMacs, withinPercentage(2));
    assertThat(graph.parameters() / 1e6).isCloseTo(millionParameters, withinPercentage(1));
  }

  @Test
  void knowsWhichNetworksAreChains() {
    assertThat(Zoo.values())
        .filteredOn(zoo -> zoo.graph().isChain())
        .containsExactly(Zoo.ALEXNET, Zoo.VGG16, Zoo.NIN, Zoo.TINY_YOLOV2, Zoo.SMALL_CHAIN);
  }

  @Test
  void findsNetworksHoweverTheyAreWritten() {
    assertThat(Zoo.byName("ResNet-18")).isEqualTo(Zoo.RESNET18);
    assertThat(Zoo.byName("tiny_yolov2")).isEqualTo(Zoo.TINY_YOLOV2);
  }

  @Test
  void namesTheNearestNetwork() {
    assertThatThrownBy(() -> Zoo.byName("alxnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe 'alexnet'?");
  }

  @Test
  void makesNetworksForImagesOfAnotherSize() {
    Map<String, TensorShape> small = Map.of(Blueprint.INPUT, TensorShape.of(2, 3, 96, 64));
    DnnGraph graph = Zoo.RESNET18.graph(small);
    assertThat(graph.tensor(0).shape()).hasToString("2x3x96x64");
    assertThat(graph.tensor(graph.outputs().get(0)).shape()).hasToString("2x1000");
    assertThat(Zoo.SMALL_CHAIN.graph(16, 16).tensors())
        .isEqualTo(Zoo.SMALL_CHAIN.graph().tensors());
    assertThatThrownBy(() -> Zoo.ALEXNET.graph(small)).isInstanceOf(ModelFormatException.class);
    assertThatThrownBy(
            () -> Zoo.RESNET18.graph(Map.of(Blueprint.INPUT, TensorShape.of(1, 4, 64, 64))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("axis 1 is fixed to 3");
  }
}
