package io.cleave.testbed.reproduce;

/**
 * What a device of DDNN sends of each sample: its scores always, its binary feature maps when the
 * sample does not leave at the local exit. Source: Teerapittayanon et al., ICDCS 2017, from memory.
 *
 * @param classes that scores are of, 4 bytes each
 * @param filters feature maps of a device
 * @param bitsAFilter binary values of one feature map
 */
record DdnnTraffic(int classes, int filters, int bitsAFilter) {
  /**
   * Bytes a sample and device: 4 |C| + (1 - l) f o / 8.
   *
   * @param localShare l, the share of samples that leave at the local exit, 0 to 1
   */
  double bytes(double localShare) {
    if (!(localShare >= 0 && localShare <= 1)) {
      throw new IllegalArgumentException(
          "A share is in 0..1, not %s. Maybe it is in per cent.".formatted(localShare));
    }
    return 4.0 * classes + (1 - localShare) * filters * bitsAFilter / 8.0;
  }
}
