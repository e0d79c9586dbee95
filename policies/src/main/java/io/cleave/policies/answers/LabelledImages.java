package io.cleave.policies.answers;

import java.util.Arrays;

/** Grey images of one size, each in one view or several, with the class that it shows. */
public final class LabelledImages {
  private final int views;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Takes the arrays as they are; they must not be written to afterwards.
   *
   * @param height in pixels
   * @param width in pixels
   * @param pixels image after image, row by row, 0 black to 255 white
   * @param labels from 0
   * @throws IllegalArgumentException if there are not as many pixels as the labels need
   */
  public LabelledImages(int height, int width, byte[] pixels, byte[] labels) {
    this(1, height, width, pixels, labels);
  }

  private LabelledImages(int views, int height, int width, byte[] pixels, byte[] labels) {
    long needed = (long) labels.length * views * height * width;
    if (needed != pixels.length) {
      throw new IllegalArgumentException(
          "%d images of %d x %d x %d take %d bytes, not %d. Maybe images and labels are of different sets."
              .formatted(labels.length, views, height, width, needed, pixels.length));
    }
    this.views = views;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * The same labels, each with several views of what it names. Takes the array as it is.
   *
   * @param count of views
   * @param seen image after image, view by view, row by row
   * @throws IllegalArgumentException if there are not as many pixels as that takes
   */
  public LabelledImages withViews(int count, byte[] seen) {
    return new LabelledImages(count, height, width, seen, labels);
  }

  /** How many views of each image there are. */
  public int views() {
    return views;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** How many there are. */
  public int count() {
    return labels.length;
  }

  /** Pixels of one image, in all its views. */
  public int pixelsEach() {
    return views * height * width;
  }

  /** The class that an image shows. */
  public int label(int image) {
    return labels[image];
  }

  /** The largest label; -1 without images. */
  public int largestLabel() {
    int largest = -1;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xff);
    }
    return largest;
  }

  /** The images from the first of these numbers to before the second. */
  public LabelledImages range(int from, int to) {
    return new LabelledImages(
        views,
        height,
        width,
        Arrays.copyOfRange(pixels, from * pixelsEach(), to * pixelsEach()),
        Arrays.copyOfRange(labels, from, to));
  }

  /** Writes an image as a network takes it, from a place on: brightness in [-1, 1]. */
  public void copyTo(int image, float[] into, int at) {
    for (int i = 0; i < pixelsEach(); i++) {
      into[at + i] = brightness(pixels[image * pixelsEach() + i]);
    }
  }

  /** One pixel of an image's first view, 0 black to 255 white; black where there is no image. */
  public int pixel(int image, int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? pixels[image * pixelsEach() + row * width + column] & 0xff : 0;
  }

  /** A pixel as a network takes it. */
  public static float brightness(byte pixel) {
    return (pixel & 0xff) / 127.5f - 1;
  }
}
