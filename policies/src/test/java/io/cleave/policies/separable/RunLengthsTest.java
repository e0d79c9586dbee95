package io.cleave.policies.separable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunLengthsTest {
  @Test
  void writesWhatItsDescriptionSays() {
    // Four zeros are 0 3; a half byte is left over.
    assertThat(RunLengths.encode(new byte[] {5, 0, 0, 0, 0, 7, 1}))
        .containsExactly(0x01, 0x50, 0x37, 0x10);
    // With one zero less both forms take four bytes.
    assertThat(RunLengths.encode(new byte[] {5, 0, 0, 0, 7, 1}))
        .containsExactly(0x00, 0x50, 0x00, 0x71);
    byte[] zeros = new byte[35];
    assertThat(RunLengths.encode(zeros)).containsExactly(0x01, 0x0f, 0xf4);
    assertThat(RunLengths.encode(new byte[] {1, 2, 3})).containsExactly(0x00, 0x12, 0x30);
    assertThat(RunLengths.encode(new byte[0])).containsExactly(0x00);
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void givesBackWhatItWasGiven(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] levels = levels(random, random.nextInt(400), random.nextDouble());
    byte[] content = RunLengths.encode(levels);
    assertThat(content.length).isLessThanOrEqualTo(RunLengths.packedBytes(levels.length));
    assertThat(RunLengths.decode(content, levels.length)).containsExactly(levels);
  }

  /** A tile of real numbers comes back as those numbers, clipped and rounded. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void givesBackTheRoundedValues(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ClippedLevels levels = new ClippedLevels(0.3, 2.7, 4);
    double[] values = random.doubles(random.nextInt(1, 200), -2, 4).toArray();
    byte[] rounded = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (byte) levels.level(values[i]);
    }
    byte[] back = RunLengths.decode(RunLengths.encode(rounded), values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(levels.value(back[i])).isEqualTo(levels.value(levels.level(values[i])));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 14, 15, 16, 17, 30, 31, 32, 33, 255, 256, 864, 10_001})
  void takesRunsOfAnyLength(int zeros) {
    byte[] alone = new byte[zeros];
    assertThat(RunLengths.decode(RunLengths.encode(alone), zeros)).containsExactly(alone);
    byte[] between = new byte[zeros + 2];
    between[0] = 15;
    between[zeros + 1] = 1;
    assertThat(RunLengths.decode(RunLengths.encode(between), zeros + 2)).containsExactly(between);
  }

  @Test
  void isNeverLargerThanPackedWithoutZeros() {
    byte[] none = new byte[865];
    Arrays.fill(none, (byte) 9);
    assertThat(RunLengths.encode(none)).hasSize(RunLengths.packedBytes(865)).hasSize(434);
    for (int i = 0; i < none.length; i += 2) {
      none[i] = 0; // single zeros, for which a run takes twice as much
    }
    assertThat(RunLengths.encode(none)).hasSize(434);
    assertThat(RunLengths.decode(RunLengths.encode(none), 865)).containsExactly(none);
  }

  /** Whatever comes, it is refused or stands for exactly so many levels; nothing else happens. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void survivesAnyBytes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] content = new byte[random.nextInt(40)];
    random.nextBytes(content);
    if (content.length > 0 && random.nextInt(4) > 0) {
      content[0] = (byte) random.nextInt(2);
    }
    int count = random.nextInt(80);
    try {
      byte[] levels = RunLengths.decode(content, count);
      assertThat(levels).hasSize(count);
      for (byte level : levels) {
        assertThat(level).isBetween((byte) 0, (byte) 15);
      }
    } catch (TileFormatException refused) {
      assertThat(refused.getMessage()).contains("tile").hasSizeLessThan(200);
    }
  }

  /** Each shorter beginning, each longer end and each other count is noticed. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void noticesWhatIsCutOffOrAdded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] levels = levels(random, random.nextInt(1, 60), random.nextDouble());
    byte[] content = RunLengths.encode(levels);
    for (int length = 0; length < content.length; length++) {
      byte[] part = Arrays.copyOf(content, length);
      assertThatExceptionOfType(TileFormatException.class)
          .isThrownBy(() -> RunLengths.decode(part, levels.length));
    }
    byte[] longer = Arrays.copyOf(content, content.length + 1);
    assertThatExceptionOfType(TileFormatException.class)
        .isThrownBy(() -> RunLengths.decode(longer, levels.length));
    assertThatExceptionOfType(TileFormatException.class)
        .isThrownBy(() -> RunLengths.decode(content, levels.length + 2));
  }

  @Test
  void saysWhatIsWrong() {
    assertRefused(new byte[0], 1, "not with its end");
    assertRefused(new byte[] {7, 1}, 1, "begins with 0 or 1, not with 7");
    assertRefused(
        new byte[] {0, 0x12}, 3, "3 levels ends after 2, at byte 2. Maybe it was cut off");
    assertRefused(new byte[] {1, 0x03}, 3, "run of 4 zeros begins at level 0 of 3");
    assertRefused(new byte[] {1, 0x0f}, 99, "ends after 0");
    assertRefused(new byte[] {0, 0x12, 0x34}, 2, "3 bytes, of which 2 are used");
    assertRefused(new byte[] {0, 0x12}, 1, "goes on behind them");
  }

  @Test
  void refusesWhatIsNoLevel() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLengths.encode(new byte[] {3, 16}))
        .withMessageContaining("Level 1 is 16, not in 0..15");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLengths.encode(new byte[] {-1}))
        .withMessageContaining("Level 0 is -1");
  }

  private static void assertRefused(byte[] content, int count, String why) {
    assertThatExceptionOfType(TileFormatException.class)
        .isThrownBy(() -> RunLengths.decode(content, count))
        .withMessageContaining(why);
  }

  private static byte[] levels(SplittableRandom random, int count, double zeros) {
    byte[] levels = new byte[count];
    for (int i = 0; i < count; i++) {
      levels[i] = (byte) (random.nextDouble() < zeros ? 0 : random.nextInt(1, 16));
    }
    return levels;
  }
}
