package io.cleave.testbed.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BookingsTest {
  private final Bookings bookings = new Bookings(new ServerLoad(LoadSeries.IDLE, 1));

  @Test
  void workIsPutWhereItFitsFirst() {
    assertThat(bookings.book(1, 2)).isEqualTo(3);
    assertThat(bookings.book(6, 1)).isEqualTo(7);
    assertThat(bookings.end(0, 1)).isEqualTo(1); // before all
    assertThat(bookings.end(2, 3)).isEqualTo(6); // between
    assertThat(bookings.end(2, 4)).isEqualTo(11); // behind all
    assertThat(bookings.last()).isEqualTo(7); // nobody has booked since
  }

  @Test
  void whatIsOverIsForgotten() {
    bookings.book(1, 2);
    bookings.book(6, 1);
    bookings.forget(5);
    assertThat(bookings.end(1, 2)).isEqualTo(3);
    bookings.forget(8);
    assertThat(bookings.last()).isZero();
  }

  /** Against a clock that ticks: the first stretch of free ticks that is long enough. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void isWhatTryingEachMomentFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[] taken = new boolean[2_000];
    for (int work = 0; work < 100; work++) {
      int arrives = random.nextInt(500);
      int length = 1 + random.nextInt(9);
      int begin = arrives;
      while (!free(taken, begin, length)) {
        begin++;
      }
      assertThat(bookings.end(arrives, length)).isCloseTo(begin + length, within(1e-9));
      assertThat(bookings.book(arrives, length)).isCloseTo(begin + length, within(1e-9));
      Arrays.fill(taken, begin, begin + length, true);
    }
  }

  private static boolean free(boolean[] taken, int begin, int length) {
    for (int tick = begin; tick < begin + length; tick++) {
      if (taken[tick]) {
        return false;
      }
    }
    return true;
  }
}
