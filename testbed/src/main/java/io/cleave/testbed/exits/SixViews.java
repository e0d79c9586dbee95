package io.cleave.testbed.exits;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.ViewNetworks;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Images as six cameras of unlike quality would see them: a stand-in for the set of Teerapittayanon
 * et al., ICDCS 2017, in which, too, not every camera sees every object. What a camera sees of an
 * image follows from the seed, the image's number and the camera alone.
 */
public final class SixViews {
  /** Seeds of the views that networks learn from, are validated by and are tested on. */
  public static final long TRAINING = 1;

  public static final long VALIDATION = 2;
  public static final long TEST = 3;

  private static final int MOST_MOVE = 2; // pixels by which an object is off its usual place

  /**
   * A camera, good or bad.
   *
   * @param absent share of the objects that it does not see: its view is black
   * @param zoom above 1 what is seen is larger
   * @param right columns by which everything is moved
   * @param bar first of {@link #BAR} columns that something black hides; beyond the width none
   * @param gain of brightness, 0 to 1
   * @param noise added to brightness, uniform between minus and plus this, of 255
   */
  record Camera(double absent, double zoom, int right, int bar, double gain, int noise) {
    static final int BAR = 8;
    static final int NO_BAR = Integer.MAX_VALUE - BAR;
  }

  /** From good to bad. */
  static final List<Camera> CAMERAS =
      List.of(
          new Camera(0.10, 1.0, 0, Camera.NO_BAR, 1.0, 20),
          new Camera(0.15, 1.4, 3, Camera.NO_BAR, 0.9, 30),
          new Camera(0.20, 0.7, -2, Camera.NO_BAR, 0.8, 30),
          new Camera(0.25, 1.0, 0, 10, 0.8, 40),
          new Camera(0.30, 1.2, -4, Camera.NO_BAR, 0.4, 60),
          new Camera(0.50, 0.6, 4, 14, 0.6, 80));

  private SixViews() {}

  /** All views of images that have one. */
  public static LabelledImages of(LabelledImages images, long seed) {
    return of(images, seed, camera -> true);
  }

  /**
   * Views of images that have one, when some cameras are broken.
   *
   * @param working of the cameras, from 0; what another sees is black
   * @throws IllegalArgumentException if the images have several views already
   */
  public static LabelledImages of(LabelledImages images, long seed, IntPredicate working) {
    if (images.views() != 1) {
      throw new IllegalArgumentException(
          "Views are made of images with 1 view, not with %d. Maybe they were made already."
              .formatted(images.views()));
    }
    int views = ViewNetworks.VIEWS;
    byte[] seen = new byte[Math.multiplyExact(images.count() * views, images.pixelsEach())];
    long first = new SplittableRandom(seed).nextLong();
    for (int image = 0; image < images.count(); image++) {
      for (int view = 0; view < views; view++) {
        int number = image * views + view;
        SplittableRandom random = new SplittableRandom(first + number);
        if (working.test(view) && random.nextDouble() >= CAMERAS.get(view).absent()) {
          see(CAMERAS.get(view), images, image, random, seen, number * images.pixelsEach());
        }
      }
    }
    return images.withViews(views, seen);
  }

  private static void see(
      Camera camera, LabelledImages images, int image, SplittableRandom random, byte[] to, int at) {
    int down = random.nextInt(2 * MOST_MOVE + 1) - MOST_MOVE;
    int right = camera.right() + random.nextInt(2 * MOST_MOVE + 1) - MOST_MOVE;
    double middleRow = (images.height() - 1) / 2.0;
    double middleColumn = (images.width() - 1) / 2.0;
    for (int y = 0; y < images.height(); y++) {
      int row = (int) Math.round((y - down - middleRow) / camera.zoom() + middleRow);
      for (int x = 0; x < images.width(); x++) {
        int column = (int) Math.round((x - right - middleColumn) / camera.zoom() + middleColumn);
        double noise = camera.noise() * (2 * random.nextDouble() - 1);
        double bright = camera.gain() * images.pixel(image, row, column) + noise;
        boolean hidden = x >= camera.bar() && x < camera.bar() + Camera.BAR;
        to[at + y * images.width() + x] =
            hidden ? 0 : (byte) Math.round(Math.max(0, Math.min(255, bright)));
      }
    }
  }
}
