package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.wire.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private final Calibration calibration = new Calibration();

  @Test
  void trustsTheProfileUntilEnoughRunsWereMeasured() {
    for (int i = 0; i < 4; i++) {
      calibration.add(new Stamp(1, i), 2, 1);
    }
    assertThat(calibration.factor()).isEqualTo(1);

    calibration.add(new Stamp(1, 4), 2, 1);
    assertThat(calibration.factor()).isEqualTo(2);
  }

  @Test
  void outliersDoNotMoveIt() {
    for (int i = 0; i < 33; i++) {
      calibration.add(new Stamp(1, i), i % 3 == 0 ? 1000 : 1.1, 1);
    }

    assertThat(calibration.factor()).isEqualTo(1.1);
  }

  @Test
  void staysWithinFourTimesTheProfile() {
    for (int i = 0; i < 33; i++) {
      calibration.add(new Stamp(1, i), 1000, 1);
    }

    assertThat(calibration.factor()).isEqualTo(4);
  }

  @Test
  void ignoresWhatCannotBeCompared() {
    for (int i = 0; i < 33; i++) {
      calibration.add(new Stamp(1, i), 1, 0);
      calibration.add(new Stamp(1, i), Double.NaN, 1);
    }

    assertThat(calibration.factor()).isEqualTo(1);
  }

  @Test
  void doesNotDependOnTheOrderOfArrival() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      order.add(i);
      calibration.add(new Stamp(1, i), 1 + 0.01 * i, 1);
    }
    for (int block = 0; block < 60; block += 5) {
      Collections.shuffle(order.subList(block, block + 5), new Random(block));
    }
    Calibration shuffled = new Calibration();
    order.forEach(i -> shuffled.add(new Stamp(1, i), 1 + 0.01 * i, 1));

    assertThat(shuffled.factor()).isEqualTo(calibration.factor());
  }
}
