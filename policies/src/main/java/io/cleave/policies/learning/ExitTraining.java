package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.onnx.Architecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** Trains a network with exits on labelled images. The same seed gives the same network. */
public final class ExitTraining implements AutoCloseable {
  private static final float MOMENTUM = 0.9f;
  private static final int EVALUATED_AT_ONCE = 500;
  private static final int EVALUATED_BY_CUT = 50; // so that each cut sees some

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * After each step.
     *
     * @param part "trunk" or "exits"
     * @param done of this part, from 0 to 1
     * @param loss of the last batch
     */
    void step(String part, double done, double loss);
  }

  /**
   * What is shown.
   *
   * @param training learned from
   * @param validation says which weights are best
   */
  public record Images(LabelledImages training, LabelledImages validation) {}

  private final ExitRecipe recipe;
  private final LabelledImages training;
  private final LabelledImages validation;
  private final Handicap handicap;
  private final Progress progress;
  private final NDManager manager;
  private final TrainableNetwork network;
  private final SplittableRandom random;

  /**
   * Draws the first weights.
   *
   * @throws IllegalArgumentException if recipe, network and images do not go together
   */
  public ExitTraining(
      Architecture architecture,
      ExitRecipe recipe,
      LabelledImages training,
      LabelledImages validation,
      Progress progress) {
    this(
        architecture,
        recipe,
        new Images(training, validation),
        Handicap.none(),
        progress,
        (manager, random) -> new TrainableNetwork(architecture, manager, random.nextLong()));
  }

  /**
   * Goes on from weights that were learned before; batches are not normalised any more.
   *
   * @param weights of this network, as {@link #run} returned them
   * @throws IllegalArgumentException if recipe, network, weights and images do not go together
   */
  public static ExitTraining from(
      Map<String, float[]> weights,
      Architecture architecture,
      ExitRecipe recipe,
      Images images,
      Progress progress) {
    return from(weights, architecture, recipe, images, Handicap.none(), progress);
  }

  /**
   * The same with a handicap.
   *
   * @throws IllegalArgumentException if recipe, network, weights and images do not go together
   */
  public static ExitTraining from(
      Map<String, float[]> weights,
      Architecture architecture,
      ExitRecipe recipe,
      Images images,
      Handicap handicap,
      Progress progress) {
    return new ExitTraining(
        architecture,
        recipe,
        images,
        handicap,
        progress,
        (manager, random) -> new TrainableNetwork(architecture, manager, weights));
  }

  private ExitTraining(
      Architecture architecture,
      ExitRecipe recipe,
      Images images,
      Handicap handicap,
      Progress progress,
      BiFunction<NDManager, SplittableRandom, TrainableNetwork> beginning) {
    check(architecture, recipe, images.training());
    check(architecture, recipe, images.validation());
    this.recipe = recipe;
    this.training = images.training();
    this.validation = images.validation();
    this.handicap = handicap;
    this.progress = progress;
    this.random = new SplittableRandom(recipe.seed());
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    this.network = beginning.apply(manager, random);
  }

  private static void check(Architecture architecture, ExitRecipe recipe, LabelledImages images) {
    List<Long> given =
        List.of((long) images.views(), (long) images.height(), (long) images.width());
    if (!architecture.image().equals(given)) {
      throw new IllegalArgumentException(
          "%s takes images of %s, not of %s."
              .formatted(architecture.name(), architecture.image(), given));
    }
    if (architecture.outputs().size() != recipe.exitWeights().size()) {
      throw new IllegalArgumentException(
          "%s has %d exits, the recipe %d weights."
              .formatted(
                  architecture.name(), architecture.outputs().size(), recipe.exitWeights().size()));
    }
    if (images.largestLabel() >= architecture.classes()) {
      throw new IllegalArgumentException(
          "A label must be in 0..%d, not %d."
              .formatted(architecture.classes() - 1, images.largestLabel()));
    }
  }

  /**
   * Trains to the end, or until there is no more progress.
   *
   * @return the weights that answered best on the validation images, by the mean over exits
   * @throws IllegalStateException if the loss is no finite number any more
   */
  public Map<String, float[]> run() {
    List<Double> trunkOnly = new ArrayList<>(recipe.exitWeights());
    trunkOnly.replaceAll(weight -> 0.0);
    trunkOnly.set(trunkOnly.size() - 1, 1.0);
    Schedule trunk = new Schedule("trunk", recipe.trunkEpochs());
    for (int epoch = 0; epoch < recipe.trunkEpochs(); epoch++) {
      trunk.epoch(epoch, trunkOnly);
    }
    Map<String, float[]> best = network.weights();
    double bestAccuracy = 0;
    int sinceBest = 0;
    Schedule joint = new Schedule("exits", recipe.epochs());
    for (int epoch = 0; epoch < recipe.epochs() && sinceBest < recipe.patience(); epoch++) {
      joint.epoch(epoch, recipe.exitWeights());
      double accuracy = validationAccuracy();
      sinceBest++;
      if (accuracy > bestAccuracy) {
        bestAccuracy = accuracy;
        best = network.weights();
        sinceBest = 0;
      }
    }
    return best;
  }

  /** One part of the training: the schedule of its learning rate. */
  private final class Schedule {
    private final String part;
    private final int epochs;
    private final int steps = training.count() / recipe.batch();
    private final ImageBatches batches = new ImageBatches(training);
    private final Optimizer optimizer;

    Schedule(String part, int epochs) {
      this.part = part;
      this.epochs = epochs;
      this.optimizer =
          Optimizer.sgd()
              .setLearningRateTracker(
                  Tracker.cosine()
                      .setBaseValue((float) recipe.learningRate())
                      .optFinalValue(0f)
                      .setMaxUpdates(Math.max(1, epochs * steps))
                      .build())
              .optMomentum(MOMENTUM)
              .optWeightDecays((float) recipe.weightDecay())
              .build();
    }

    void epoch(int epoch, List<Double> weights) {
      batches.shuffle(random);
      for (int step = 0; step < steps; step++) {
        double loss = step(step * recipe.batch(), weights);
        progress.step(part, (epoch + (step + 1.0) / steps) / epochs, loss);
      }
    }

    private double step(int from, List<Double> weights) {
      try (NDManager scratch = manager.newSubManager()) {
        int to = from + recipe.batch();
        NDArray images = batches.distorted(scratch, from, to, random);
        NDArray labels = batches.labels(scratch, from, to);
        double loss;
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
          List<NDArray> answers = answers(images, handicap.cuts().drawn(random), true);
          NDArray wrong = ExitLoss.of(answers, labels, weights);
          NDArray sum = handicap.lasso().added(wrong, network, scratch);
          loss = sum.getFloat();
          checkFinite(loss);
          collector.backward(sum);
        }
        network.learned(this::descend);
        return loss;
      }
    }

    private void checkFinite(double loss) {
      if (!Double.isFinite(loss)) {
        throw new IllegalStateException(
            "The loss of the %s became %s, so nothing more is learned. Maybe lower the learning rate, now %s, or the exits' weights, now %s."
                .formatted(part, loss, recipe.learningRate(), recipe.exitWeights()));
      }
    }

    private void descend(String name, NDArray weight) {
      try (NDArray gradient = weight.getGradient()) {
        optimizer.update(name, weight, gradient);
        gradient.subi(gradient);
      }
    }
  }

  /** What is being trained. */
  TrainableNetwork network() {
    return network;
  }

  private List<NDArray> answers(NDArray images, Optional<String> cut, boolean learning) {
    return cut.map(tensor -> network.forward(images, tensor, handicap.cuts().form(), learning))
        .orElseGet(() -> network.forward(images, learning));
  }

  private double validationAccuracy() {
    long right = 0;
    int atOnce = handicap.cuts().tensors().isEmpty() ? EVALUATED_AT_ONCE : EVALUATED_BY_CUT;
    int exits = network.architecture().outputs().size();
    ImageBatches batches = new ImageBatches(validation);
    for (int from = 0; from < validation.count(); from += atOnce) {
      int to = Math.min(validation.count(), from + atOnce);
      try (NDManager scratch = manager.newSubManager()) {
        NDArray labels = batches.labels(scratch, from, to);
        NDArray images = batches.plain(scratch, from, to);
        for (NDArray answer : answers(images, handicap.cuts().at(from / atOnce), false)) {
          right += answer.argMax(1).eq(labels).countNonzero().getLong();
        }
      }
    }
    return (double) right / ((long) exits * validation.count());
  }

  @Override
  public void close() {
    manager.close();
  }
}
