package io.cleave.testbed.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CourseSeriesTest {
  private static CourseSeries frames(int count, int slow) {
    CourseSeries series = new CourseSeries();
    for (int i = count - 1; i >= 0; i--) { // answers may come in any order
      series.add(new CourseSeries.Point(i, i, i == slow ? 900 : 100, 0, 5));
    }
    return series;
  }

  @Test
  void keepsEveryFrameOfAShortRunInOrder() {
    CourseSeries series = frames(600, 17);
    assertThat(series.every()).isEqualTo(1);
    assertThat(series.thinned()).extracting(CourseSeries.Point::frame).isSorted().hasSize(600);
  }

  @Test
  void drawsTheSlowestOfSeveralSoThatNoBadFrameIsHidden() {
    // 1,800 frames on 600 points are three each; frame 1,001 is in the group 999 to 1,001.
    CourseSeries series = frames(1800, 1001);
    assertThat(series.every()).isEqualTo(3);
    assertThat(series.thinned()).hasSize(600);
    assertThat(series.thinned().get(333).latencyMs()).isEqualTo(900);
  }
}
