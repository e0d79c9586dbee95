package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Plan;
import java.util.List;
import org.junit.jupiter.api.Test;

class CutViewTest {
  private static final List<String> SERVERS = List.of("server-1", "server-2");
  private static final DnnGraph CHAIN = Zoo.SMALL_CHAIN.graph();
  private static final DnnGraph RESIDUAL = Zoo.SMALL_RESIDUAL.graph();

  @Test
  void namesThePlainCases() {
    assertThat(CutView.of(CHAIN, Plan.local(CHAIN), SERVERS))
        .isEqualTo(new CutView("local", 1, 0, "device"));
    CutView remote = CutView.of(CHAIN, Plan.split(CHAIN, LayerSet.of(0), 2), SERVERS);
    assertThat(remote.label()).isEqualTo("remote");
    assertThat(remote.nearShare()).isZero();
    assertThat(remote.crossingBytes()).isEqualTo((double) CHAIN.inputSize().bytes());
    assertThat(remote.node()).isEqualTo("server-2");
  }

  @Test
  void namesTheLastLayerBeforeTheCrossing() {
    CutView view = CutView.of(CHAIN, Plan.split(CHAIN, LayerSet.range(0, 3), 1), SERVERS);
    assertThat(view.label()).isEqualTo(CHAIN.layer(2).name());
    assertThat(view.nearShare()).isEqualTo(2.0 / (CHAIN.size() - 1));
  }

  @Test
  void countsTensorsThatCrossBesideTheLastOne() {
    // Somewhere inside a residual block the block's input crosses beside the convolution's output.
    for (int last = 1; last < RESIDUAL.size() - 1; last++) {
      LayerSet near = LayerSet.range(0, last + 1);
      int more = RESIDUAL.cut(near).tensors().size() - 1;
      String label = CutView.of(RESIDUAL, Plan.split(RESIDUAL, near, 1), SERVERS).label();
      assertThat(label).isEqualTo(RESIDUAL.layer(last).name() + (more == 0 ? "" : " +" + more));
    }
  }

  @Test
  void countsTheBytesOfTheCodec() {
    Plan plan = Plan.split(CHAIN, LayerSet.of(0), 1).with(Codec.FP16);
    assertThat(CutView.of(CHAIN, plan, SERVERS).crossingBytes())
        .isEqualTo(CHAIN.inputSize().bytes() / 2.0);
  }
}
