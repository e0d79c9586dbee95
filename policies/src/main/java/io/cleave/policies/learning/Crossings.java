package io.cleave.policies.learning;

import java.util.List;

/** What a network's first layers make of images, and what these show. */
public final class Crossings {
  private final List<float[]> rows;
  private final int[] labels;

  /**
   * @param rows of one length; not copied
   * @param labels classes, from 0 on; not copied
   * @throws IllegalArgumentException if there are none, or they do not go together
   */
  public Crossings(List<float[]> rows, int[] labels) {
    this.rows = List.copyOf(rows);
    this.labels = labels;
    if (rows.isEmpty() || rows.size() != labels.length) {
      throw new IllegalArgumentException(
          "There must be a label for each of %d rows, of which there is one at least, not %d labels."
              .formatted(rows.size(), labels.length));
    }
    int length = rows.get(0).length;
    if (length == 0 || rows.stream().anyMatch(row -> row.length != length)) {
      throw new IllegalArgumentException("All rows must be %d numbers long.".formatted(length));
    }
  }

  public int count() {
    return labels.length;
  }

  /** Numbers of each image. */
  public int each() {
    return rows.get(0).length;
  }

  float[] of(int image) {
    return rows.get(image);
  }

  int label(int image) {
    return labels[image];
  }
}
