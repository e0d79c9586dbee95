package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimerHeapTest {
  private record Setting(double time, long order) {}

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  @Test
  void timersOfOneTimeFireInTheOrderInWhichTheyWereSet() {
    TimerHeap heap = new TimerHeap();
    heap.set(3, 1);
    heap.set(1, 1);
    heap.set(2, 1);
    heap.set(3, 1); // set again: now the last

    assertThat(new int[] {heap.next(), heap.next(), heap.next()}).containsExactly(1, 2, 3);
    assertThat(heap.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void behavesAsASortedListOfSettings(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TimerHeap heap = new TimerHeap();
    Map<Integer, Setting> expected = new HashMap<>();
    for (int step = 0; step < 5000; step++) {
      int timer = random.nextInt(200);
      double dice = random.nextDouble();
      if (dice < 0.5) {
        double time = random.nextInt(50); // many ties
        heap.set(timer, time);
        expected.put(timer, new Setting(time, step));
      } else if (dice < 0.7) {
        heap.clear(timer);
        expected.remove(timer);
      } else if (!expected.isEmpty()) {
        int first =
            expected.entrySet().stream()
                .min(
                    Map.Entry.comparingByValue(
                        Comparator.comparingDouble(Setting::time).thenComparing(Setting::order)))
                .orElseThrow()
                .getKey();
        assertThat(heap.next()).isEqualTo(first);
        expected.remove(first);
      }
      assertThat(heap.isSet(timer)).isEqualTo(expected.containsKey(timer));
      assertThat(heap.isEmpty()).isEqualTo(expected.isEmpty());
    }
  }
}
