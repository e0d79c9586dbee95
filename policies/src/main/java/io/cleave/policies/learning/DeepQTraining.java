package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains a deep Q-network: acts, remembers, and draws from what it remembers how much each action
 * was worth, by its reward and by what a slower copy of itself makes of the state after it.
 *
 * <p>Source: Mnih et al., Nature 518, 2015. The same recipe gives the same network.
 */
public final class DeepQTraining implements AutoCloseable {
  private static final int TOLD = 1_000; // times
  private static final int RECENT = 5_000; // steps

  private final DeepQRecipe recipe;
  private final Environment world;
  private final Progress progress;
  private final NDManager manager;
  private final TrainablePerceptron values;
  private final Optimizer optimizer;
  private final SplittableRandom random;
  private final List<Remembered> memory = new ArrayList<>();
  private Perceptron target;
  private double recent; // reward

  /** Hears how far it is. */
  public interface Progress {
    /**
     * So far.
     *
     * @param done share of all steps
     * @param reward of a step, mean over the last few thousand
     */
    void at(double done, double reward);
  }

  /** A step, from one state to the next. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Remembered(float[] state, int action, float reward, float[] next) {}

  /**
   * @param world whose ways are {@link FixedActions}
   */
  public DeepQTraining(DeepQRecipe recipe, Environment world, Progress progress) {
    this.recipe = recipe;
    this.world = world;
    this.progress = progress;
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    this.random = new SplittableRandom(recipe.seed());
    List<Integer> sizes = new ArrayList<>(List.of(FixedActions.STATE));
    sizes.addAll(recipe.hidden());
    sizes.add(FixedActions.COUNT);
    this.values = new TrainablePerceptron("values", sizes, manager, random.split());
    this.target = values.learned();
    int descents = recipe.steps() / recipe.every();
    Tracker rate =
        Tracker.cosine()
            .setBaseValue((float) recipe.rate())
            .optFinalValue(0f)
            .setMaxUpdates(Math.max(1, descents))
            .build();
    this.optimizer = Optimizer.adam().optLearningRateTracker(rate).build();
  }

  /** Trains to the end. */
  public QNetwork run() {
    long worlds = recipe.seed() * 1_000_003L;
    Moment moment = world.reset(worlds);
    Perceptron acting = values.learned();
    for (int step = 0; step < recipe.steps(); step++) {
      int action = action(acting, moment, step);
      Environment.Step after = world.step(action);
      if (!after.last()) { // a recording that ends is no end of the world, so nothing is worth 0
        remember(step, moment, action, after);
      }
      recent += (Math.max(recipe.least(), after.reward()) - recent) / Math.min(step + 1, RECENT);
      moment = after.last() ? world.reset(++worlds) : after.moment();
      int descent = step / recipe.every();
      if (memory.size() >= recipe.batch() && step % recipe.every() == 0) {
        descend();
        acting = values.learned();
        target = descent % recipe.follow() == 0 ? acting : target;
      }
      if (step % Math.max(1, recipe.steps() / TOLD) == 0) {
        progress.at((double) step / recipe.steps(), recent);
      }
    }
    return new QNetwork(values.learned(), Map.of("recipe", recipe.toString()));
  }

  private int action(Perceptron acting, Moment moment, int step) {
    double done = step / (recipe.explored() * recipe.steps());
    double curious = Math.max(recipe.curious(), 1 - done * (1 - recipe.curious()));
    return random.nextDouble() < curious
        ? random.nextInt(FixedActions.COUNT)
        : new QNetwork(acting, Map.of()).best(moment);
  }

  private void remember(int step, Moment moment, int action, Environment.Step after) {
    float reward = (float) Math.max(recipe.least(), after.reward());
    Remembered one =
        new Remembered(
            FixedActions.state(moment), action, reward, FixedActions.state(after.moment()));
    if (memory.size() < recipe.memory()) {
      memory.add(one);
    } else {
      memory.set(step % recipe.memory(), one);
    }
  }

  private void descend() {
    int count = recipe.batch();
    float[] states = new float[count * FixedActions.STATE];
    float[] taken = new float[count * FixedActions.COUNT];
    float[] aims = new float[count];
    for (int i = 0; i < count; i++) {
      Remembered one = memory.get(random.nextInt(memory.size()));
      System.arraycopy(one.state(), 0, states, i * FixedActions.STATE, FixedActions.STATE);
      taken[i * FixedActions.COUNT + one.action()] = 1;
      aims[i] = (float) (one.reward() + recipe.discount() * worth(one));
    }
    try (NDManager scratch = manager.newSubManager()) {
      NDArray rows = scratch.create(states, new Shape(count, FixedActions.STATE));
      NDArray mask = scratch.create(taken, new Shape(count, FixedActions.COUNT));
      NDArray aim = scratch.create(aims);
      try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
        NDArray all = values.forward(rows).reshape(count, FixedActions.COUNT);
        NDArray wrong = all.mul(mask).sum(new int[] {1}).sub(aim).abs();
        NDArray small = wrong.minimum(1); // Huber's loss
        NDArray loss = small.square().mul(0.5f).add(wrong.sub(small)).mean();
        collector.backward(loss);
      }
      values.learned(this::update);
    }
  }

  /** Of the state after a step, as the slower copy sees it. */
  private double worth(Remembered one) {
    float[] slower = target.answers(one.next());
    float best = slower[0];
    for (float each : slower) {
      best = Math.max(best, each);
    }
    return best;
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
