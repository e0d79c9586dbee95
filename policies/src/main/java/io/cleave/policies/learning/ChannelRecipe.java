package io.cleave.policies.learning;

/**
 * How a code for a noisy link is learned.
 *
 * @param symbols real numbers that cross for an image, at least 1
 * @param hidden neurons of each hidden layer behind the link, at least 1
 * @param epochs times that all images are seen, at least 1
 * @param batch images a step, at least 1
 * @param rate of learning at the beginning, falling to 0 as half a cosine
 * @param worstDecibel of signal over noise that is practised; each batch has one of its own
 * @param bestDecibel the other end of what is practised
 * @param seed decides over first weights, order and noise
 */
public record ChannelRecipe(
    int symbols,
    int hidden,
    int epochs,
    int batch,
    double rate,
    double worstDecibel,
    double bestDecibel,
    long seed) {
  public ChannelRecipe {
    if (symbols < 1 || hidden < 1 || epochs < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "Symbols, hidden neurons, epochs and batch must be at least 1, not %d, %d, %d and %d."
              .formatted(symbols, hidden, epochs, batch));
    }
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("A rate must be in 0..1, not %s.".formatted(rate));
    }
    if (!(worstDecibel >= -50 && worstDecibel <= bestDecibel && bestDecibel <= 100)) {
      throw new IllegalArgumentException(
          "Signal over noise must be in -50..100 dB, the worst first, not %s..%s."
              .formatted(worstDecibel, bestDecibel));
    }
  }
}
