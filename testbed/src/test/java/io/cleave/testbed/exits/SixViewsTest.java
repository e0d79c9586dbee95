package io.cleave.testbed.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.answers.LabelledImages;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SixViewsTest {
  private static final int COUNT = 2_000;

  /** White, so that a black view is that of a camera that did not see. */
  private static final LabelledImages WHITE = white(COUNT);

  private static LabelledImages white(int count) {
    byte[] pixels = new byte[count * 784];
    Arrays.fill(pixels, (byte) 255);
    return new LabelledImages(28, 28, pixels, new byte[count]);
  }

  private static float[] pixels(LabelledImages images, int image) {
    float[] pixels = new float[images.pixelsEach()];
    images.copyTo(image, pixels, 0);
    return pixels;
  }

  @Test
  void dependsOnSeedImageAndCameraAlone() {
    LabelledImages few = white(3);
    assertThat(pixels(SixViews.of(few, 7), 2)).isEqualTo(pixels(SixViews.of(few, 7), 2));
    assertThat(pixels(SixViews.of(few, 7), 2)).isEqualTo(pixels(SixViews.of(white(5), 7), 2));
    assertThat(pixels(SixViews.of(few, 7), 2)).isNotEqualTo(pixels(SixViews.of(few, 8), 2));
    assertThat(pixels(SixViews.of(few, 7), 2)).isNotEqualTo(pixels(SixViews.of(few, 7), 1));
  }

  @Test
  void leavesOutObjectsAsOftenAsTheCameraMissesThem() {
    LabelledImages views = SixViews.of(WHITE, 1);
    int[] black = new int[6];
    for (int image = 0; image < COUNT; image++) {
      float[] seen = pixels(views, image);
      for (int view = 0; view < 6; view++) {
        float most = -1;
        for (int i = 0; i < 784; i++) {
          float value = seen[view * 784 + i];
          assertThat(value).isBetween(-1f, 1f);
          most = Math.max(most, value);
        }
        black[view] += most == -1 ? 1 : 0;
      }
    }
    for (int view = 0; view < 6; view++) {
      double absent = SixViews.CAMERAS.get(view).absent();
      // Four standard deviations of a share of 2,000 are at most 0.045.
      assertThat(black[view] / (double) COUNT)
          .as("camera %d", view)
          .isCloseTo(absent, within(0.045));
    }
  }

  @Test
  void showsBlackWhereACameraIsBrokenAndElsewhereTheSame() {
    LabelledImages few = white(3);
    float[] all = pixels(SixViews.of(few, 1), 1);
    float[] some = pixels(SixViews.of(few, 1, camera -> camera != 2), 1);
    for (int i = 0; i < all.length; i++) {
      assertThat(some[i]).isEqualTo(i / 784 == 2 ? -1 : all[i]);
    }
  }

  @Test
  void refusesViewsOfViews() {
    LabelledImages views = SixViews.of(white(1), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SixViews.of(views, 1))
        .withMessageContaining("1 view, not with 6");
  }
}
