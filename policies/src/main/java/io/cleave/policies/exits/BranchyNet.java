package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.profile.LayerTimes;
import java.util.Comparator;
import java.util.List;

/**
 * Everything on the device, and frames leave at the first exit that is sure enough.
 *
 * <p>Source: Teerapittayanon, McDanel, Kung, "BranchyNet: Fast inference via early exiting from
 * deep neural networks", ICPR 2016: entropy of the softmax below a threshold of each exit.
 *
 * <p>Complexity: {@link ChoiceSearch} once for a network, then O(choices x exits) a report.
 *
 * <p>Assumes: images to come are like those for calibration.
 *
 * <p>Differs: the paper's thresholds are given; these are searched: of all that lose no more than a
 * bounded share of accuracy against the last exit, those with the least mean time. Exits that do
 * not help are left out, so that their branches cost nothing.
 */
public final class BranchyNet implements Planner {
  private static final double ROUNDING = 1e-9;

  private final double loss;
  private final ChoiceBook book;

  /**
   * @param loss of accuracy against the last exit alone that is allowed, 0 to 1
   * @param mostEarly exits that are asked before the last one, at most
   * @param steps of each exit's grid of thresholds
   */
  public BranchyNet(double loss, int mostEarly, int steps) {
    this.loss = loss;
    this.book =
        new ChoiceBook(
            answers -> ChoiceSearch.of(answers, mostEarly, steps, Choice::noLaterAndAsRight));
  }

  @Override
  public boolean knowsExits() {
    return true;
  }

  @Override
  public PlanTable plan(Observation observation) {
    if (observation.exits().isEmpty()) {
      return PlanTable.constant(CostModel.entry(Plan.local(observation.graph()), observation));
    }
    ExitAnswers answers = observation.exits().get();
    LayerTimes times = observation.device().times();
    Choice choice = fastest(observation.graph(), times, answers);
    Plan plan = Plan.local(observation.graph(), choice.rule());
    return PlanTable.constant(CostModel.entry(plan, observation));
  }

  /** The thresholds with the least mean time on a machine. */
  public Choice fastest(DnnGraph graph, LayerTimes times, ExitAnswers answers) {
    double floor = answers.accuracy(answers.exits().size() - 1) - loss - ROUNDING;
    return book.of(graph, answers).stream()
        .flatMap(group -> bids(times, group, floor).stream())
        .min(Comparator.comparingDouble(Bid::seconds))
        .map(Bid::choice)
        .orElseThrow(); // the last exit alone is among them
  }

  private record Bid(Choice choice, double seconds) {}

  private static List<Bid> bids(LayerTimes times, ChoiceBook.Group group, double floor) {
    double[] device = group.exits().segments().stream().mapToDouble(times::run).toArray();
    return group.choices().stream()
        .filter(choice -> choice.accuracy() >= floor)
        .map(choice -> new Bid(choice, seconds(choice, device)))
        .toList();
  }

  private static double seconds(Choice choice, double[] device) {
    double seconds = 0;
    for (int place = 0; place < device.length; place++) {
      seconds += choice.reaching(place) * device[place];
    }
    return seconds;
  }
}
