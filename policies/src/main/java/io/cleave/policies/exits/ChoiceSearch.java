package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.answers.ExitAnswers.Outcome;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Every choice of exits and thresholds that may be worth something: all sets of a bounded number of
 * early exits before each last one, each with thresholds from a grid of its own, at which equal
 * shares of the images would leave.
 *
 * <p>Source: ours; BranchyNet (ICPR 2016) leaves open how thresholds are found, PORTEND (ICPADS
 * 2023) tries one common threshold.
 *
 * <p>Complexity: for M exits, at most e early ones and g thresholds each, O(sum of C(M, i) g^i for
 * i up to e) choices, each one intersection of sets of images.
 *
 * <p>Assumes: images to come are like those for calibration.
 */
final class ChoiceSearch {
  private static final int MOST = 200_000;

  private final ExitAnswers answers;
  private final int mostEarly;
  private final double[][] thresholds; // [exit][grid]
  private final BitSet[][] leaving; // [exit][grid] images that would leave there
  private final BitSet[] right; // [exit] images to which its answer is right
  private final List<Choice> found = new ArrayList<>();

  private ChoiceSearch(ExitAnswers answers, int mostEarly, int steps) {
    this.answers = answers;
    this.mostEarly = mostEarly;
    int exits = answers.exits().size();
    this.thresholds = new double[exits][];
    this.leaving = new BitSet[exits][];
    this.right = new BitSet[exits];
    for (int exit = 0; exit < exits; exit++) {
      Answers given = answers.exits().get(exit);
      thresholds[exit] = grid(given.entropy(), steps, answers.classes());
      leaving[exit] =
          Arrays.stream(thresholds[exit])
              .mapToObj(
                  threshold ->
                      images(image -> ExitSignal.ENTROPY.leaves(given.entropy()[image], threshold)))
              .toArray(BitSet[]::new);
      right[exit] = images(image -> given.right()[image]);
    }
  }

  /**
   * All choices that no other one dominates.
   *
   * @param mostEarly exits that are asked before the last one, at most
   * @param steps of each exit's grid of thresholds, at least 1; of networks with many exits fewer
   *     are taken, so that there are no more than {@value #MOST} choices
   * @param dominates whether a choice makes another one of the same exits needless
   */
  static List<Choice> of(
      ExitAnswers answers, int mostEarly, int steps, BiPredicate<Choice, Choice> dominates) {
    int taken = bounded(answers.exits().size(), mostEarly, steps);
    ChoiceSearch search = new ChoiceSearch(answers, mostEarly, taken);
    List<Choice> kept = new ArrayList<>();
    for (int last = 0; last < answers.exits().size(); last++) {
      search.sets(last, dominates, kept);
    }
    return kept;
  }

  /** The most steps, up to so many, with which the choices can be tried. */
  static int bounded(int exits, int mostEarly, int steps) {
    int taken = steps;
    while (taken > 1 && count(exits, mostEarly, taken) > MOST) {
      taken--;
    }
    return taken;
  }

  /** Sets of up to so many early exits before each last one, with thresholds of so many steps. */
  private static double count(int exits, int mostEarly, int steps) {
    double count = 0;
    for (int last = 0; last < exits; last++) {
      double sets = 1; // of i among those before the last, times their thresholds
      for (int i = 0; i <= Math.min(mostEarly, last); i++) {
        count += sets;
        sets *= (double) (last - i) / (i + 1) * steps;
      }
    }
    return count;
  }

  /** At most as strict as it takes for i of so many parts of the images to leave. */
  static double[] grid(float[] entropies, int steps, int classes) {
    float[] sorted = entropies.clone();
    Arrays.sort(sorted); // NaN last: such images never leave
    return IntStream.rangeClosed(1, steps)
        .mapToDouble(i -> sorted[(int) ((long) i * (sorted.length - 1) / steps)])
        .filter(value -> !Double.isNaN(value))
        .map(value -> Math.min(Math.log(classes), Math.nextUp(value)))
        .distinct()
        .toArray();
  }

  private BitSet images(IntPredicate which) {
    BitSet images = new BitSet(answers.images());
    IntStream.range(0, answers.images()).filter(which).forEach(images::set);
    return images;
  }

  /** The choices that end at one exit, set of early exits by set. */
  private void sets(int last, BiPredicate<Choice, Choice> dominates, List<Choice> kept) {
    for (int set = 0; set < 1 << last; set++) {
      if (Integer.bitCount(set) <= mostEarly) {
        int[] early = BitSet.valueOf(new long[] {set}).stream().toArray();
        found.clear();
        BitSet all = new BitSet();
        all.set(0, answers.images());
        extend(early, last, new ArrayList<>(), new ArrayList<>(), all);
        kept.addAll(undominated(found, dominates));
      }
    }
  }

  private void extend(
      int[] early, int last, List<Double> chosen, List<Outcome> outcomes, BitSet staying) {
    int place = chosen.size();
    if (place == early.length) {
      List<Outcome> whole = new ArrayList<>(outcomes);
      whole.add(outcome(last, staying));
      List<Integer> exits = new ArrayList<>(Arrays.stream(early).boxed().toList());
      exits.add(last);
      found.add(
          new Choice(new ExitRule(ExitSignal.ENTROPY, answers.classes(), exits, chosen), whole));
      return;
    }
    int exit = early[place];
    for (int i = 0; i < thresholds[exit].length; i++) {
      BitSet leaves = (BitSet) staying.clone();
      leaves.and(leaving[exit][i]);
      BitSet rest = (BitSet) staying.clone();
      rest.andNot(leaving[exit][i]);
      chosen.add(thresholds[exit][i]);
      outcomes.add(outcome(exit, leaves));
      extend(early, last, chosen, outcomes, rest);
      chosen.remove(place);
      outcomes.remove(place);
    }
  }

  private Outcome outcome(int exit, BitSet images) {
    int count = images.cardinality();
    BitSet answered = (BitSet) images.clone();
    answered.and(right[exit]);
    double accuracy = count == 0 ? 0 : (double) answered.cardinality() / count;
    return new Outcome((double) count / answers.images(), accuracy);
  }

  private static List<Choice> undominated(
      List<Choice> choices, BiPredicate<Choice, Choice> dominates) {
    List<Choice> kept = new ArrayList<>();
    for (Choice choice : choices) {
      if (kept.stream().noneMatch(other -> dominates.test(other, choice))) {
        kept.removeIf(other -> dominates.test(choice, other));
        kept.add(choice);
      }
    }
    return kept;
  }
}
