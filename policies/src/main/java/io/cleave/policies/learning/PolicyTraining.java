package io.cleave.policies.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.cleave.policies.plan.LearningPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * Trains a policy round by round: it runs in worlds, what its other ways would have cost there is
 * found out, and from that it learns. The best of all rounds in worlds of other recordings is kept.
 * The same recipe gives the same policy, whoever runs the worlds.
 */
public final class PolicyTraining implements AutoCloseable {
  private static final int AT_ONCE = 50; // lessons a task
  private static final long TRIALS = 1L << 40; // seeds from here on are for trials

  /**
   * Hears how far it is.
   *
   * @param step is given the share that is done of the whole training, by whichever thread has done
   *     some of it
   * @param round is given what a round came to when it is over
   */
  public record Progress(DoubleConsumer step, Consumer<Round> round) {}

  /**
   * What a round came to.
   *
   * @param number from 1
   * @param lessons so far
   * @param loss by which costs differ from those of the policy before, mean over the round's steps
   * @param validation in worlds of other recordings
   * @param policy as it is now
   */
  public record Round(
      int number, long lessons, double loss, Trial validation, TrainedPolicy policy) {}

  private final PolicyRecipe recipe;
  private final Supplier<Environment> training;
  private final Supplier<Environment> judged; // by the cost model
  private final Supplier<Environment> validating;
  private final Crew crew;
  private final Progress progress;
  private final NDManager manager;
  private final TrainablePerceptron scorer;
  private final List<Lesson> lessons = new ArrayList<>();
  private final SplittableRandom random;

  /**
   * @param start goes on from here, or from nothing
   * @param training makes worlds to learn in
   * @param validating makes worlds to be tried in
   * @param crew runs the worlds
   */
  public PolicyTraining(
      PolicyRecipe recipe,
      Optional<TrainedPolicy> start,
      Supplier<Environment> training,
      Supplier<Environment> validating,
      Crew crew,
      Progress progress) {
    if (recipe.residual()) {
      start.ifPresent(TrainedPolicy::checkCorrects);
    }
    this.recipe = recipe;
    this.training = recipe.residual() ? training : () -> Veiled.fromScratch(training.get());
    this.judged = validating;
    this.validating = recipe.residual() ? validating : () -> Veiled.fromScratch(validating.get());
    this.crew = crew;
    this.progress = progress;
    this.manager = Engine.getEngine("PyTorch").newBaseManager();
    this.random = new SplittableRandom(recipe.seed());
    this.scorer =
        start
            .map(known -> new TrainablePerceptron("scorer", known.scorer(), manager))
            .orElseGet(this::fresh);
  }

  private TrainablePerceptron fresh() {
    List<Integer> sizes = new ArrayList<>(List.of(Moment.WIDTH));
    sizes.addAll(recipe.hidden());
    sizes.add(1);
    return new TrainablePerceptron("scorer", sizes, manager, random.split());
  }

  /**
   * Trains to the end.
   *
   * @return the policy that did best in validation, or the untrained one if none did better
   * @throws IllegalStateException if the loss is no finite number any more
   */
  public TrainedPolicy run() {
    Imitation imitation = new Imitation(scorer, recipe, recipe.rounds() * recipe.steps(), manager);
    List<Trial.Run> base = trials(judged, untrained());
    TrainedPolicy best = new TrainedPolicy(scorer.learned(), recipe.notes());
    List<LearningPoint> curve = new ArrayList<>();
    double least = Trial.of(trials(validating, best.scorer()), base).ratio();
    for (int round = 0; round < recipe.rounds(); round++) {
      learn(round, scorer.learned());
      double loss = descend(imitation);
      TrainedPolicy now = new TrainedPolicy(scorer.learned(), recipe.notes());
      Trial trial = Trial.of(trials(validating, now.scorer()), base);
      curve.add(new LearningPoint(lessons.size(), trial.ratio(), trial.spread()));
      if (trial.ratio() < least) {
        best = now;
        least = trial.ratio();
      }
      progress.round().accept(new Round(round + 1, lessons.size(), loss, trial, now.after(curve)));
    }
    return best.after(curve);
  }

  private Perceptron untrained() {
    return new Perceptron(
        List.of(new Perceptron.Dense(Moment.WIDTH, 1, new float[Moment.WIDTH], new float[1])));
  }

  private void learn(int round, Perceptron policy) {
    int parts = parts(recipe.lessons());
    AtomicInteger done = new AtomicInteger(round * parts);
    lessons.addAll(
        inParts(
            recipe.lessons(),
            (from, count) -> {
              long seed = recipe.seed() * 1_000_000_007L + (long) round * recipe.lessons() + from;
              List<Lesson> part = lessons(seed, count, policy);
              progress
                  .step()
                  .accept((double) done.incrementAndGet() / ((long) recipe.rounds() * parts));
              return part;
            }));
  }

  private static int parts(int count) {
    return (count + AT_ONCE - 1) / AT_ONCE;
  }

  /** The parts' results, in their order, whoever is done first. */
  private <T> List<T> inParts(int count, Part<T> part) {
    List<List<T>> results = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < parts(count); i++) {
      int place = i;
      int from = i * AT_ONCE;
      results.add(List.of());
      tasks.add(() -> results.set(place, part.of(from, Math.min(AT_ONCE, count - from))));
    }
    crew.run(tasks);
    return results.stream().flatMap(List::stream).toList();
  }

  /** What comes of so many, from a first one on. */
  private interface Part<T> {
    List<T> of(int from, int count);
  }

  private List<Lesson> lessons(long seed, int count, Perceptron policy) {
    Greedy greedy = new Greedy(policy);
    Counterfactual counterfactual = new Counterfactual(training.get(), greedy, recipe.horizon());
    List<Lesson> part = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      counterfactual.lesson(seed + i, new SplittableRandom(seed + i)).ifPresent(part::add);
    }
    return part;
  }

  private double descend(Imitation imitation) {
    double sum = 0;
    for (int step = 0; step < recipe.steps(); step++) {
      List<Lesson> batch = new ArrayList<>(recipe.batch());
      for (int i = 0; i < recipe.batch(); i++) {
        batch.add(lessons.get(random.nextInt(lessons.size())));
      }
      sum += imitation.step(batch);
    }
    double mean = sum / Math.max(1, recipe.steps());
    if (!Double.isFinite(mean)) {
      throw new IllegalStateException(
          "The loss became %s, so nothing more is learned. Maybe lower the learning rate, now %s."
              .formatted(mean, recipe.rate()));
    }
    return mean;
  }

  private List<Trial.Run> trials(Supplier<Environment> worlds, Perceptron policy) {
    return inParts(recipe.trials(), (from, count) -> trials(worlds.get(), from, count, policy));
  }

  private static List<Trial.Run> trials(
      Environment environment, int first, int count, Perceptron policy) {
    Greedy greedy = new Greedy(policy);
    List<Trial.Run> runs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      runs.add(Trial.run(environment, TRIALS + first + i, greedy));
    }
    return runs;
  }

  @Override
  public void close() {
    manager.close();
  }
}
