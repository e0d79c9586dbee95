package io.cleave.policies.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChannelTrainingTest {
  private static final int CLASSES = 4;

  /** Four classes around four corners of a space of eight dimensions. */
  private static Crossings corners(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<float[]> rows = new ArrayList<>();
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = random.nextInt(CLASSES);
      float[] row = new float[8];
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) ((i / 2 == labels[image] ? 1 : 0) + 0.2 * random.nextGaussian());
      }
      rows.add(row);
    }
    return new Crossings(rows, labels);
  }

  private static ChannelCode learned(int symbols, long seed) {
    ChannelRecipe recipe = new ChannelRecipe(symbols, 16, 6, 32, 0.01, 0, 20, seed);
    try (ChannelTraining training = new ChannelTraining(recipe, corners(2_000, 1), CLASSES)) {
      return training.run();
    }
  }

  @Test
  void learnsWhatArrivesInSpiteOfNoise() {
    Crossings test = corners(1_000, 2);
    ChannelCode code = learned(4, 1);
    double clear = code.right(test, 20, 1);
    assertThat(clear).isGreaterThan(0.95);
    // Noise ten times as strong as the signal leaves little more than a guess, one in four.
    assertThat(code.right(test, -20, 1)).isBetween(0.2, 0.5);
    assertThat(code.right(test, 5, 1)).isLessThanOrEqualTo(clear);
    assertThat(learned(4, 1).right(test, 5, 1)).isEqualTo(code.right(test, 5, 1));
  }

  @Test
  void sendsSymbolsOfUnitPower() {
    ChannelCode code = learned(3, 2);
    Crossings test = corners(20, 3);
    for (int image = 0; image < test.count(); image++) {
      double power = 0;
      for (float symbol : code.symbols(test.of(image))) {
        power += symbol * symbol;
      }
      assertThat(power / 3).isCloseTo(1, within(1e-3));
    }
  }

  /** 20 dB is a hundred times the power, ten times the amplitude. */
  @Test
  void knowsDecibels() {
    assertThat(ChannelCode.noise(0)).isEqualTo(1);
    assertThat(ChannelCode.noise(20)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Crossings(List.of(new float[2]), new int[2]))
        .withMessageContaining("a label for each of 1 rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Crossings(List.of(new float[2], new float[3]), new int[2]))
        .withMessageContaining("2 numbers long");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChannelRecipe(0, 1, 1, 1, 0.1, 0, 1, 1))
        .withMessageContaining("at least 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChannelRecipe(1, 1, 1, 1, 0.1, 5, 1, 1))
        .withMessageContaining("the worst first, not 5.0..1.0");
  }
}
