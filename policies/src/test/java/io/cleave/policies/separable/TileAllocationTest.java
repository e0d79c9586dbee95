package io.cleave.policies.separable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TileAllocationTest {
  @Test
  void givesTheFasterMore() {
    // Ready with 1 tile after 1/4, 1/2, 1/1; with the next after 2/4, 3/4, 1 and so on.
    assertThat(TileAllocation.of(7, speeds(4, 2, 1), List.of(9, 9, 9))).containsExactly(4, 2, 1);
    assertThat(TileAllocation.of(7, speeds(4, 2, 1), List.of(2, 9, 9))).containsExactly(2, 4, 1);
    assertThat(TileAllocation.of(0, speeds(4, 2, 1), List.of(0, 0, 0))).containsExactly(0, 0, 0);
    assertThat(TileAllocation.of(4, ObservedSpeeds.equal(4, 1), List.of(4, 4, 4, 4)))
        .containsExactly(1, 1, 1, 1);
  }

  /** Of all allocations none is ready earlier. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void isReadyAsEarlyAsCanBe(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int machines = random.nextInt(1, 5);
    List<Double> speeds = new ArrayList<>();
    List<Integer> room = new ArrayList<>();
    for (int k = 0; k < machines; k++) {
      speeds.add(random.nextDouble(0.1, 5));
      room.add(random.nextInt(6));
    }
    int places = room.stream().mapToInt(Integer::intValue).sum();
    int count = random.nextInt(Math.min(places, 9) + 1);
    List<Integer> given = TileAllocation.of(count, new ObservedSpeeds(speeds), room);
    assertThat(given.stream().mapToInt(Integer::intValue).sum()).isEqualTo(count);
    double ready = 0;
    for (int k = 0; k < machines; k++) {
      assertThat(given.get(k)).isBetween(0, room.get(k));
      ready = Math.max(ready, given.get(k) / speeds.get(k));
    }
    assertThat(ready).isCloseTo(least(0, count, speeds, room), within(1e-12));
  }

  private static double least(int machine, int left, List<Double> speeds, List<Integer> room) {
    if (machine == speeds.size()) {
      return left == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int take = 0; take <= Math.min(left, room.get(machine)); take++) {
      double rest = least(machine + 1, left - take, speeds, room);
      least = Math.min(least, Math.max(take / speeds.get(machine), rest));
    }
    return least;
  }

  @Test
  void refusesMoreTilesThanThereIsRoomFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TileAllocation.of(4, speeds(1, 1), List.of(1, 2)))
        .withMessageContaining("room for 0 to 3 tiles, not for 4. Maybe cut");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TileAllocation.of(1, speeds(1, 1), List.of(1)))
        .withMessageContaining("Each of 2 machines");
  }

  private static ObservedSpeeds speeds(double... tiles) {
    List<Double> all = new ArrayList<>();
    for (double each : tiles) {
      all.add(each);
    }
    return new ObservedSpeeds(all);
  }
}
