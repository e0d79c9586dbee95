package io.cleave.policies.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FilterGroupsTest {
  private static FilterGroups of(Zoo zoo) {
    return FilterGroups.of(zoo.id(), zoo.architecture().bare().getGraph());
  }

  private static List<String> layers(FilterGroups groups) {
    return groups.all().stream().map(FilterGroup::layer).toList();
  }

  @Test
  void findsAllFiltersOfAChain() {
    FilterGroups groups = of(Zoo.SMALL_CHAIN);
    assertThat(layers(groups)).containsExactly("conv1", "conv2");
    assertThat(groups.obstacles()).isEmpty();
    FilterGroup second = groups.of("conv2");
    assertThat(second.filters()).isEqualTo(16);
    assertThat(second.kernel()).isEqualTo("conv2.weight");
    assertThat(second.tensors()).containsExactly("conv2", "relu2", "pool2", "flatten1");
    assertThat(second.places())
        .containsExactly(
            new FilterGroup.Place("conv2.weight", 0, 1, true),
            new FilterGroup.Place("conv2.bias", 0, 1, true),
            // 16 x 16 pixels behind two pools are 4 x 4
            new FilterGroup.Place("fc1.weight", 1, 16, false));
  }

  /** What an exit reads is read by the trunk as well: both lose the same channels. */
  @Test
  void followsChannelsToAllExits() {
    FilterGroups groups = of(Zoo.LENET_EXITS);
    assertThat(layers(groups)).containsExactly("conv1", "conv2", "conv3", "conv4");
    assertThat(groups.of("conv1").places())
        .extracting(FilterGroup.Place::weight)
        .containsExactly("conv1.weight", "conv1.bias", "conv2.weight", "conv3.weight");
    assertThat(layers(of(Zoo.ALEXNET_EXITS))).hasSize(9); // five, and four in branches
  }

  @Test
  void leavesWhatIsAddedAsItIs() {
    FilterGroups groups = of(Zoo.RESNET20_EXITS);
    assertThat(groups.all()).hasSize(9); // the first convolution of each block
    assertThat(groups.obstacles()).hasSize(1 + 9 + 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> groups.of("conv1"))
        .withMessage(
            "Filters of 'conv1' of resnet20-exits cannot be pruned: Add node 'add1' reads its channels, and does more than treat each by itself.");
    assertThat(of(Zoo.RESNET50).all()).hasSize(1 + 2 * 16); // the stem, two of each bottleneck
  }

  @Test
  void leavesGroupsAndNeighboursAsTheyAre() {
    FilterGroups depthwise = of(Zoo.SMALL_DEPTHWISE);
    assertThat(depthwise.all()).extracting(FilterGroup::layer).containsExactly("conv6");
    assertThat(depthwise.obstacles().get("conv3")).isEqualTo("it takes its channels in 24 groups");
    assertThat(depthwise.obstacles().get("conv2")).startsWith("Conv node 'conv3' reads");
    FilterGroups inception = of(Zoo.SMALL_INCEPTION);
    assertThat(layers(inception)).containsExactly("conv3");
    assertThat(inception.obstacles().get("conv2")).startsWith("Concat node 'concat1' reads");
  }

  @Test
  void tellsWhichFiltersMakeWhatCrosses() {
    FilterGroups groups = of(Zoo.ALEXNET_EXITS);
    assertThat(groups.before("pool1").layer()).isEqualTo("conv1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> groups.before("fc1"))
        .withMessageContaining("No filters of alexnet-exits that can be pruned make 'fc1'")
        .withMessageContaining("relu1, pool1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Zoo.RESNET20_EXITS).before("add1"))
        .withMessageContaining("make 'add1'");
  }

  @Test
  void leavesWhatTheNetworkAnswersWith() {
    ModelProto model = Zoo.SMALL_CHAIN.model(1);
    GraphProto.Builder graph = model.getGraph().toBuilder();
    graph.addOutput(Models.floats("pool1", 1, 8, 8, 8));
    assertThat(FilterGroups.of("answering", graph.build()).obstacles())
        .containsEntry("conv1", "the network answers with 'pool1'");
  }

  /** A sigmoid makes a half of zero, so that the next layer would miss something. */
  @Test
  void leavesWhatIsNotZeroFromZero() {
    assertThat(withSecond("Sigmoid").obstacles().get("conv1")).startsWith("Sigmoid node");
    assertThat(withSecond("Tanh").obstacles()).isEmpty();
  }

  private static FilterGroups withSecond(String operator) {
    GraphProto.Builder graph = Zoo.SMALL_CHAIN.model(1).getGraph().toBuilder();
    graph.getNodeBuilder(1).setOpType(operator);
    return FilterGroups.of(operator, graph.build());
  }

  @Test
  void leavesWeightsThatSeveralRead() {
    GraphProto.Builder graph = Zoo.SMALL_CHAIN.model(1).getGraph().toBuilder();
    graph.addNode(Models.node("Relu", List.of("conv2.weight"), "spy"));
    FilterGroups groups = FilterGroups.of("shared", graph.build());
    assertThat(groups.all()).isEmpty();
    assertThat(groups.obstacles().get("conv2"))
        .isEqualTo(
            "the weight 'conv2.weight' of Conv node 'conv2' is no constant of floats of its own, with a part for each filter");
  }
}
