package io.cleave.testbed.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.testbed.experiment.EnergyFront.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnergyFrontTest {
  private static Point point(double millis, double joules) {
    return new Point(0, millis, joules, 0);
  }

  private static final EnergyFront FRONT =
      EnergyFront.of(List.of(point(100, 9), point(300, 3), point(200, 8), point(400, 4)));

  @Test
  void keepsWhatNoOtherPointBeats() {
    assertThat(FRONT.points()).containsExactly(point(100, 9), point(200, 8), point(300, 3));
  }

  @Test
  void mixturesOfTwoPointsBelongToIt() {
    assertThat(FRONT.covers(200, 6)).isTrue(); // half of 100 ms, 9 J and of 300 ms, 3 J
    assertThat(FRONT.covers(200, 5.9)).isFalse();
    assertThat(FRONT.covers(99, 100)).isFalse();
    assertThat(FRONT.covers(1000, 3)).isTrue();
    assertThat(FRONT.covers(1000, 2.9)).isFalse();
  }

  @Test
  void reachesAnotherFrontUpToTheSlack() {
    EnergyFront other = EnergyFront.of(List.of(point(100, 9), point(300, 2.999)));
    assertThat(FRONT.reaches(other, 1e-3)).isTrue();
    assertThat(FRONT.reaches(other, 0)).isFalse();
    assertThat(FRONT.reaches(EnergyFront.of(List.of()), 0)).isTrue();
  }

  /** A mixture covers a point if and only if no weight of the two makes the point the cheaper. */
  @Test
  void coversWhatIsNoCheaperUnderAnyWeight() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        points.add(point(1 + random.nextInt(20), 1 + random.nextInt(20)));
      }
      double millis = 0.5 + random.nextInt(21);
      double joules = 0.5 + random.nextInt(21);
      boolean cheaper = false;
      for (int step = 0; step <= 10_000; step++) {
        double weight = step / 10_000.0;
        double least =
            points.stream()
                .mapToDouble(p -> (1 - weight) * p.millis() + weight * p.joules())
                .min()
                .orElseThrow();
        cheaper |= (1 - weight) * millis + weight * joules < least - 1e-9;
      }
      assertThat(EnergyFront.of(points).covers(millis, joules))
          .as("seed %d", seed)
          .isEqualTo(!cheaper);
    }
  }
}
