package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns a code for a noisy link together with what answers behind it: a linear encoder on the
 * device, its symbols scaled to unit power, white Gaussian noise, and a decoder that is one with
 * the network's last layers.
 *
 * <p>Source: Jankowski, Gunduz, Mikolajczyk, "Joint device-edge inference over wireless links with
 * pruning", SPAWC 2020, arXiv 2003.02027; of it we know the abstract.
 *
 * <p>Complexity: O(images x weights) an epoch. Differs: the first layers stay as they are; the last
 * ones are learned anew; one code is practised with many ratios of signal to noise. The same recipe
 * gives the same code.
 */
public final class ChannelTraining implements AutoCloseable {
  private final ChannelRecipe recipe;
  private final Crossings images;
  private final NDManager manager;
  private final SplittableRandom random;
  private final TrainablePerceptron encoder;
  private final TrainablePerceptron decoder;
  private final Optimizer optimizer;
  private final int[] order;

  /**
   * @param images learned from
   * @param classes that there are
   */
  public ChannelTraining(ChannelRecipe recipe, Crossings images, int classes) {
    this.recipe = recipe;
    this.images = images;
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    this.random = new SplittableRandom(recipe.seed());
    this.encoder = new TrainablePerceptron("encoder", drawn(images.each()), manager);
    List<Integer> sizes = List.of(recipe.symbols(), recipe.hidden(), recipe.hidden(), classes);
    this.decoder = new TrainablePerceptron("decoder", sizes, manager, random.split());
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    Tracker rate =
        Tracker.cosine()
            .setBaseValue((float) recipe.rate())
            .optFinalValue(0f)
            .setMaxUpdates(Math.max(1, recipe.epochs() * steps()))
            .build();
    this.optimizer = Optimizer.adam().optLearningRateTracker(rate).build();
  }

  /** One layer, of which nothing is 0: there is no power to scale otherwise. */
  private Perceptron drawn(int inputs) {
    float[] kernel = new float[inputs * recipe.symbols()];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (random.nextGaussian() / Math.sqrt(inputs));
    }
    float[] bias = new float[recipe.symbols()];
    return new Perceptron(List.of(new Perceptron.Dense(inputs, recipe.symbols(), kernel, bias)));
  }

  private int steps() {
    return Math.max(1, images.count() / recipe.batch());
  }

  /**
   * Trains to the end.
   *
   * @throws IllegalStateException if the loss is no finite number any more
   */
  public ChannelCode run() {
    for (int epoch = 0; epoch < recipe.epochs(); epoch++) {
      shuffle();
      for (int step = 0; step < steps(); step++) {
        descend(step * recipe.batch());
      }
    }
    return new ChannelCode(encoder.learned(), decoder.learned());
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
  }

  private void descend(int from) {
    int count = Math.min(recipe.batch(), order.length - from);
    try (NDManager scratch = manager.newSubManager()) {
      NDArray rows = rows(scratch, from, count);
      NDArray labels = labels(scratch, from, count);
      NDArray noise = noise(scratch, count);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray sent = encoder.forward(rows).reshape(count, recipe.symbols());
        NDArray power = sent.square().sum(new int[] {1}, true).add((float) ChannelCode.LEAST_POWER);
        NDArray scaled = sent.mul((float) Math.sqrt(recipe.symbols())).div(power.sqrt());
        NDArray scores = decoder.forward(scaled.add(noise)).reshape(count, -1);
        NDArray loss =
            Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(scores));
        checkFinite(loss.getFloat());
        collector.backward(loss);
      }
      encoder.learned(this::update);
      decoder.learned(this::update);
    }
  }

  private NDArray rows(NDManager scratch, int from, int count) {
    float[] content = new float[count * images.each()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(images.of(order[from + i]), 0, content, i * images.each(), images.each());
    }
    return scratch.create(content, new Shape(count, images.each()));
  }

  private NDArray labels(NDManager scratch, int from, int count) {
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      labels[i] = images.label(order[from + i]);
    }
    return scratch.create(labels);
  }

  private NDArray noise(NDManager scratch, int count) {
    double range = recipe.bestDecibel() - recipe.worstDecibel();
    double deviation = ChannelCode.noise(recipe.worstDecibel() + range * random.nextDouble());
    float[] content = new float[count * recipe.symbols()];
    for (int i = 0; i < content.length; i++) {
      content[i] = (float) (deviation * random.nextGaussian());
    }
    return scratch.create(content, new Shape(count, recipe.symbols()));
  }

  private void checkFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "The loss became %s, so nothing more is learned. Maybe lower the rate, now %s."
              .formatted(loss, recipe.rate()));
    }
  }

  private void update(String name, NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      optimizer.update(name, weight, gradient);
      gradient.subi(gradient);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
