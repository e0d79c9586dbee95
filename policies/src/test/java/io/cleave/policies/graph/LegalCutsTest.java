package io.cleave.policies.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.onnx.Zoo;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LegalCutsTest {
  @ParameterizedTest
  @EnumSource(
      value = Zoo.class,
      names = {
        "SMALL_CHAIN",
        "SMALL_RESIDUAL",
        "SMALL_INCEPTION",
        "SMALL_DEPTHWISE",
        "SMALL_EXITS"
      })
  void countsWhatItShows(Zoo zoo) {
    DnnGraph graph = zoo.graph();
    Set<LayerSet> shown = new HashSet<>();
    LegalCuts.forEach(
        graph,
        near -> {
          graph.cut(near); // throws if the set is not closed
          assertThat(shown.add(near)).isTrue();
        });
    assertThat(LegalCuts.count(graph, 100_000)).hasValue(shown.size());
  }

  @Test
  void everyLayerOfAChainIsAPosition() {
    DnnGraph chain = Zoo.ALEXNET.graph();
    assertThat(LegalCuts.positions(chain)).hasSize(chain.size());
    assertThat(LegalCuts.count(chain, 1000)).hasValue(chain.size());
  }

  @Test
  void residualBlocksOpenBetweenTheirAdditions() {
    // ResNet-18: input, conv, relu, pool; then 8 blocks of which each ends in add, relu: 16; then
    // average, flatten, fc. Inside a block the way around is open.
    assertThat(LegalCuts.positions(Zoo.RESNET18.graph())).hasSize(4 + 16 + 3);
  }

  @Test
  void branchesMultiply() {
    // Inside the module four branches of 2, 3, 2 and 1 layers: 3 * 4 * 3 * 2 = 72 states; around it
    // input, conv, (relu opens the module), concat, average, flatten, fc: 6 more.
    assertThat(LegalCuts.count(Zoo.SMALL_INCEPTION.graph(), 1000)).hasValue(78);
  }

  @Test
  void saysWhenThereAreTooMany() {
    assertThat(LegalCuts.count(Zoo.INCEPTIONV4.graph(), 100)).isEmpty();
  }
}
