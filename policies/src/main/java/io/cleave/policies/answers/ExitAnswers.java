package io.cleave.policies.answers;

import io.cleave.policies.graph.DnnGraph;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the exits of a network answer to labelled images: how sure each is, and whether it is right.
 * From it the outcome of any thresholds follows image by image, without a formula.
 *
 * @param classes that are told apart
 * @param exits the earliest first
 */
public record ExitAnswers(int classes, List<Answers> exits) {
  /**
   * One exit's answers.
   *
   * @param entropy of the softmax in nats, for each image
   * @param confidence its largest value
   * @param right whether that is the image's class
   */
  @SuppressWarnings("ArrayRecordComponent") // ten thousand numbers, shared and never compared
  public record Answers(float[] entropy, float[] confidence, boolean[] right) {
    /**
     * From what the exit puts out before the softmax.
     *
     * @param logits image after image
     */
    public static Answers of(float[] logits, LabelledImages images, int classes) {
      Answers answers =
          new Answers(
              new float[images.count()], new float[images.count()], new boolean[images.count()]);
      for (int image = 0; image < images.count(); image++) {
        Softmax softmax = Softmax.of(logits, image * classes, classes);
        answers.entropy[image] = (float) softmax.entropy();
        answers.confidence[image] = (float) softmax.confidence();
        answers.right[image] = softmax.best() == images.label(image);
      }
      return answers;
    }

    /** How an image's answer looks to a threshold. */
    double value(ExitSignal signal, int image) {
      return signal == ExitSignal.ENTROPY ? entropy[image] : confidence[image];
    }

    int images() {
      return right.length;
    }

    private Answers first(int count) {
      return new Answers(
          Arrays.copyOf(entropy, count),
          Arrays.copyOf(confidence, count),
          Arrays.copyOf(right, count));
    }
  }

  /**
   * What becomes of images under thresholds, or of those that one exit takes.
   *
   * @param share of all images
   * @param accuracy of these images; 0 if there are none
   */
  public record Outcome(double share, double accuracy) {}

  public ExitAnswers {
    exits = List.copyOf(exits);
    if (exits.stream().mapToInt(Answers::images).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "Each exit answers the same images, and there is at least one.");
    }
  }

  public int images() {
    return exits.get(0).images();
  }

  /**
   * The answers to the first images only.
   *
   * @param count of them, from 1 to all
   */
  public ExitAnswers first(int count) {
    if (count < 1 || count > images()) {
      throw new IllegalArgumentException(
          "Of %d images at least 1 and at most all are taken, not %d. Maybe the images are not those that the exits were measured on."
              .formatted(images(), count));
    }
    return new ExitAnswers(classes, exits.stream().map(exit -> exit.first(count)).toList());
  }

  /** The share of all images to which an exit's answer is right. */
  public double accuracy(int exit) {
    return outcome(exit, image -> true).accuracy();
  }

  /** The images that would leave at an exit if it were the first that is asked. */
  public Outcome leaving(int exit, ExitSignal signal, double threshold) {
    Answers answers = exits.get(exit);
    return outcome(exit, image -> signal.leaves(answers.value(signal, image), threshold));
  }

  /** What leaves at each of a rule's exits when they are asked one after the other. */
  public List<Outcome> under(ExitRule rule) {
    int[] left = exitOfEach(rule);
    return IntStream.range(0, rule.size())
        .mapToObj(place -> outcome(rule.exits().get(place), image -> left[image] == place))
        .toList();
  }

  /** Where among a rule's exits each image leaves, from 0. */
  public int[] exitOfEach(ExitRule rule) {
    check(rule);
    int[] left = new int[images()];
    for (int image = 0; image < left.length; image++) {
      left[image] = exitOf(rule, image);
    }
    return left;
  }

  /** Where among a rule's exits an image leaves, from 0. */
  public int exitOf(ExitRule rule, int image) {
    int place = 0;
    while (!rule.leavesAt(place, value(rule, place, image))) {
      place++;
    }
    return place;
  }

  /**
   * Refuses answers of another network.
   *
   * @throws IllegalArgumentException if it has another number of outputs, or they tell apart
   *     another number of classes
   */
  public void checkFits(DnnGraph graph) {
    boolean fits =
        graph.outputs().size() == exits.size()
            && graph.outputs().stream()
                .map(output -> graph.tensor(output).shape())
                .allMatch(shape -> shape.rank() > 0 && shape.dim(shape.rank() - 1) == classes);
    if (!fits) {
      throw new IllegalArgumentException(
          "Answers of %d exits that tell %d classes apart do not fit the outputs of %s. Maybe they were measured on another network."
              .formatted(exits.size(), classes, graph.name()));
    }
  }

  private double value(ExitRule rule, int place, int image) {
    return exits.get(rule.exits().get(place)).value(rule.signal(), image);
  }

  private void check(ExitRule rule) {
    int last = rule.exits().get(rule.size() - 1);
    if (last >= exits.size() || rule.classes() != classes) {
      throw new IllegalArgumentException(
          "A rule for exits %s and %d classes does not fit a network of %d exits and %d classes."
              .formatted(rule.exits(), rule.classes(), exits.size(), classes));
    }
  }

  private Outcome outcome(int exit, IntPredicate which) {
    Answers answers = exits.get(exit);
    int count = 0;
    int right = 0;
    for (int image = 0; image < answers.images(); image++) {
      if (which.test(image)) {
        count++;
        right += answers.right[image] ? 1 : 0;
      }
    }
    return new Outcome((double) count / answers.images(), count == 0 ? 0 : (double) right / count);
  }
}
