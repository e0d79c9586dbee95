package io.cleave.policies.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.catalog.PlannerCatalog;
import io.cleave.policies.catalog.PlannerSpec;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.units.Bandwidth;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
  private static Tensor tensor(String shape) {
    return new Tensor("x", TensorShape.parse(shape), ElementType.FLOAT32, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1x1x8x8", "1x3x224x224", "1x3x16384x8"})
  void picturesTakeWhatIsStated(String shape) {
    Tensor picture = tensor(shape);
    double bits = picture.size().bits();
    assertThat(Codec.JPEG.bits(picture)).isEqualTo(Codec.JPEG.sizeFactor() * bits);
    assertThat(Codec.JPEG.seconds(picture)).isCloseTo(0.15e-3 + 3.7e-9 * bits / 8, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1x10", "1x64x56x56", "2x3x224x224", "1x3x7x224", "1x3x224x16385", "3x224x224"})
  void whatIsNoPictureGoesAsItIs(String shape) {
    Tensor other = tensor(shape);
    assertThat(Codec.JPEG.bits(other)).isEqualTo(other.size().bits());
    assertThat(Codec.JPEG.seconds(other)).isZero();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JPEG")
  void allOthersServeWhateverCrosses(Codec codec) {
    assertThat(codec.servesAll()).isTrue();
    assertThat(codec.sizeFactor(tensor("1x10").shape().dims())).isEqualTo(codec.sizeFactor());
  }

  /** Planners add the parts up that they count tensors by, and bits of pieces: in any order. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JPEG")
  void aTensorTakesWhatItsPiecesTake(Codec codec) {
    Tensor tensor = tensor("1x64x56x56");
    double pieces =
        codec.seconds(0.25 * codec.bits(tensor)) + codec.seconds(0.75 * codec.bits(tensor));
    assertThat(pieces).isCloseTo(codec.seconds(tensor), within(1e-12));
  }

  @Test
  void whatWasMeasuredHolds() {
    Tensor measured = tensor("1x3x224x224").with(Map.of("JPEG", new Tensor.Measured(0.03, 0.01)));
    assertThat(Codec.JPEG.bits(measured)).isEqualTo(0.03 * measured.size().bits());
    assertThat(Codec.JPEG.lost(measured)).isEqualTo(0.01);
  }

  /**
   * The input is a picture of 1,024 bytes, behind the first layer come 8: on a slow link in halves,
   * on faster ones the input as JPEG; in halves again where the answer weighs more, which is none.
   */
  @Test
  void plannersSendPicturesAndNothingElseAsJpeg() {
    Tensor picture = tensor("1x1x16x16");
    DnnGraph graph =
        HandMade.chain(1024, 8, 250, 125).with(tensor -> tensor.producer() == 0 ? picture : tensor);
    Planner planner =
        PlannerCatalog.standard().create(PlannerSpec.parse("cleave{codec=fp16/jpeg}"));
    Set<Codec> met = new TreeSet<>();
    for (double rate = 50; rate < 1e6; rate *= 1.5) {
      Observation seen = HandMade.observation(graph, rate, 1);
      Plan plan = planner.plan(seen).at(new Bandwidth(rate)).plan();
      if (plan.codec() == Codec.JPEG) {
        assertThat(plan.near()).isEqualTo(LayerSet.of(0));
      }
      met.add(plan.codec());
    }
    assertThat(met).contains(Codec.FP16, Codec.JPEG);
  }

  /** Pieces are mostly no pictures, and their sizes are not asked for one by one. */
  @Test
  void plannersThatShareLayersDoNotOfferPictures() {
    assertThatThrownBy(
            () ->
                PlannerCatalog.standard()
                    .create(PlannerSpec.parse("tiling.FineGrained{codec=jpeg}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one of fp32, fp16, int8")
        .hasMessageContaining("not jpeg");
  }
}
