package io.cleave.policies.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ImageOrderTest {
  private static List<Integer> shown(long seed, long from, int frames, int count) {
    return LongStream.range(from, from + frames)
        .mapToObj(frame -> ImageOrder.place(seed, frame, count))
        .toList();
  }

  @Test
  void showsEachImageOnceARound() {
    List<Integer> all = IntStream.range(0, 7).boxed().toList();
    assertThat(shown(3, 0, 7, 7)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(shown(3, 7, 7, 7)).isEqualTo(shown(3, 0, 7, 7));
    int first = ImageOrder.place(3, 0, 7);
    assertThat(ImageOrder.place(3, 1, 7)).isEqualTo((first + 1) % 7);
  }

  @Test
  void beginsWhereTheSeedSays() {
    assertThat(LongStream.range(0, 50).map(seed -> ImageOrder.place(seed, 0, 1000)).distinct())
        .hasSizeGreaterThan(40);
  }
}
