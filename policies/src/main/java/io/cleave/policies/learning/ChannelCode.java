package io.cleave.policies.learning;

import java.util.SplittableRandom;

/**
 * What was learned for a noisy link: features become symbols of unit power, white Gaussian noise is
 * added to each, and what is behind the link answers from them. There is neither a codec nor a
 * channel code.
 */
public final class ChannelCode {
  /** So that nothing is divided by 0; beside the power of any image it is nothing. */
  static final double LEAST_POWER = 1e-6;

  private final Perceptron encoder;
  private final Perceptron decoder;

  ChannelCode(Perceptron encoder, Perceptron decoder) {
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /** Standard deviation of the noise on a symbol of unit power. */
  static double noise(double decibel) {
    return Math.pow(10, -decibel / 20);
  }

  /** What is sent for some features: symbols of unit power on average. */
  float[] symbols(float[] features) {
    float[] symbols = encoder.answers(features);
    double power = LEAST_POWER;
    for (float symbol : symbols) {
      power += (double) symbol * symbol;
    }
    double factor = Math.sqrt(symbols.length / power);
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] = (float) (symbols[i] * factor);
    }
    return symbols;
  }

  /**
   * The class that arrives.
   *
   * @param decibel of signal over noise
   * @param random draws the noise
   */
  int answer(float[] features, double decibel, SplittableRandom random) {
    float[] arriving = symbols(features);
    for (int i = 0; i < arriving.length; i++) {
      arriving[i] = (float) (arriving[i] + noise(decibel) * random.nextGaussian());
    }
    float[] scores = decoder.answers(arriving);
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /**
   * Share of images whose class arrives.
   *
   * @param decibel of signal over noise
   * @param seed of the noise
   */
  public double right(Crossings images, double decibel, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int right = 0;
    for (int image = 0; image < images.count(); image++) {
      right += answer(images.of(image), decibel, random) == images.label(image) ? 1 : 0;
    }
    return (double) right / images.count();
  }
}
