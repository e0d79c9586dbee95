package io.cleave.transport.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cleave.policies.graph.LayerSet;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerRangesTest {
  @Test
  void writesRangesAndSingleLayers() {
    assertThat(LayerRanges.format(LayerSet.range(0, 13).union(LayerSet.of(15))))
        .isEqualTo("0-12,15");
    assertThat(LayerRanges.format(LayerSet.of(0))).isEqualTo("0");
    assertThat(LayerRanges.format(LayerSet.of(3, 4, 7, 65535))).isEqualTo("3-4,7,65535");
  }

  @Test
  void readsWhatIsWrittenAnotherWayButMeansTheSame() {
    assertThat(LayerRanges.parse("0-3,4-5,6,7-7")).isEqualTo(LayerSet.range(0, 8));
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsTheSetThatItWrote(long seed) {
    Random random = new Random(seed);
    BitSet bits = new BitSet();
    bits.set(random.nextInt(LayerRanges.HIGHEST + 1));
    for (int i = random.nextInt(300); i > 0; i--) {
      bits.set(random.nextInt(300));
    }
    LayerSet layers = LayerSet.of(bits);
    assertThat(LayerRanges.parse(LayerRanges.format(layers))).isEqualTo(layers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "-",
        "1-",
        "-1",
        "1,",
        ",1",
        "1,,2",
        "1--2",
        "1-2-3",
        "5-3",
        "3,3",
        "0-4,4",
        "2,1",
        "01",
        "1-02",
        " 1",
        "1 ",
        "1, 2",
        "+1",
        "1.0",
        "1e3",
        "a",
        "65536",
        "0-999999999",
        "99999999999999999999",
        "0-65536",
        "\u0661",
        "0x1",
        "1\n",
        "2147483648-2147483649"
      })
  void refusesWhatIsNoRange(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayerRanges.parse(text))
        .withMessageStartingWith("Layers are written like 0-12,15, ascending and at most 65535,");
  }

  @Test
  void refusesToWriteNothingAndWhatNobodyReads() {
    assertThatIllegalArgumentException().isThrownBy(() -> LayerRanges.format(LayerSet.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> LayerRanges.format(LayerSet.of(65536)));
  }
}
