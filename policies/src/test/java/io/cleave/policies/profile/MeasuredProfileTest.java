package io.cleave.policies.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.profile.MeasuredProfile.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredProfileTest {
  // small-chain: 1 conv, 2 relu, 3 pool, 4 conv, 5 relu, 6 pool, 7 flatten, 8 fc, 9 relu, 10 fc.
  private static final DnnGraph CHAIN = Zoo.SMALL_CHAIN.graph();

  @Test
  void reproducesPrefixesExactlyAndFindsTheStart() {
    MeasuredProfile profile =
        MeasuredProfile.of(
            CHAIN,
            List.of(
                new Segment(1, 10, 0.100),
                new Segment(1, 3, 0.040),
                new Segment(1, 6, 0.070),
                new Segment(4, 10, 0.062), // 40 + 62 - 100 = 2 ms of start
                new Segment(7, 10, 0.034))); // 70 + 34 - 100 = 4 ms of start; the upper median
    LayerTimes times = profile.times(CHAIN);
    assertThat(times.startSeconds()).isCloseTo(0.004, within(1e-12));
    assertThat(times.run(LayerSet.range(0, 4))).isCloseTo(0.040, within(1e-12));
    assertThat(times.run(LayerSet.range(0, 7))).isCloseTo(0.070, within(1e-12));
    assertThat(times.run(CHAIN.all())).isCloseTo(0.100, within(1e-12));
  }

  @Test
  void sharesABlockByWork() {
    LayerTimes times =
        MeasuredProfile.of(CHAIN, List.of(new Segment(1, 10, 0.1), new Segment(1, 3, 0.04)))
            .times(CHAIN);
    LayerTimes work = DeviceClass.DESKTOP.profile().times(CHAIN);
    assertThat(times.layer(1) / times.layer(2))
        .isCloseTo(work.layer(1) / work.layer(2), within(1e-9));
    assertThat(times.layer(7)).isZero(); // flatten
  }

  @Test
  void aPrefixIsNoSlowerThanALongerOne() {
    LayerTimes times =
        MeasuredProfile.of(
                CHAIN,
                List.of(new Segment(1, 10, 0.1), new Segment(1, 3, 0.05), new Segment(1, 6, 0.03)))
            .times(CHAIN);
    assertThat(times.run(LayerSet.range(0, 4))).isCloseTo(0.03, within(1e-12));
    assertThat(times.run(LayerSet.range(0, 7))).isCloseTo(0.03, within(1e-12));
  }

  @Test
  void refusesAnotherNetworkAndAMissingWhole() {
    MeasuredProfile profile = MeasuredProfile.of(CHAIN, List.of(new Segment(1, 3, 0.04)));
    assertThatThrownBy(() -> profile.times(Zoo.SMALL_EXITS.graph()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("measured on small-chain")
        .hasMessageContaining("small-exits");
    assertThatThrownBy(() -> profile.times(CHAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers 1 to 10");
  }

  @Test
  void refusesTimesThatAreNone() {
    assertThatThrownBy(() -> new Segment(1, 3, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Segment(3, 1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void measuresTheWholeAllPrefixesAndSomeOthers() {
    // A chain of 10 layers: the whole, 9 prefixes, 3 suffixes, 2 middles.
    assertThat(MeasuredProfile.worthMeasuring(CHAIN, 3)).hasSize(15);
    assertThat(MeasuredProfile.worthMeasuring(Zoo.INCEPTIONV4.graph(), 8))
        .allSatisfy(run -> assertThat(run[0]).isLessThanOrEqualTo(run[1]));
  }
}
