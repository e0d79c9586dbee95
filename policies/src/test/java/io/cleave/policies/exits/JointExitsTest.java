package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.BruteForce;
import io.cleave.policies.ExitProblems;
import io.cleave.policies.HandMade;
import io.cleave.policies.RandomProblems;
import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.cost.Way;
import io.cleave.policies.exits.JointExits.Goal;
import io.cleave.policies.exits.JointExits.Settings;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle tries every set of exits, threshold of the grid, cut, codec and server. */
final class JointExitsTest {
  private static final int STEPS = 3;
  private static final double LOSS = 0.05;
  private static final double[] RATES = {0, 1e4, 1e6, 3e7, 1e9, 1e11};
  private static final Settings SETTINGS =
      new Settings(LOSS, 2, STEPS, List.of(Codec.FP32, Codec.FP16), false);

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isAsFastAsTheBestThatKeepsTheAccuracy(long seed) {
    Observation seen = ExitProblems.of(seed, 2 + (int) (seed % 2), 60);
    JointExits planner = new JointExits(Goal.LATENCY, SETTINGS);
    double floor = floor(seen);
    List<Plan> plans = plans(seen);
    for (double rate : RATES) {
      Observation now = RandomProblems.atUplink(seen, new Bandwidth(rate));
      double best = least(plans, now, floor, plan -> CostModel.estimate(plan, now).seconds());
      PlanTable.Entry entry = planner.plan(now).at(new Bandwidth(rate));
      assertThat(accuracy(entry.plan(), now)).isGreaterThanOrEqualTo(floor);
      assertThat(entry.seconds(new Bandwidth(rate))).isCloseTo(best, within(1e-9 * best));
      assertThat(CostModel.estimate(entry.plan(), now).seconds())
          .isCloseTo(best, within(1e-9 * best));
    }
  }

  /** The same with a price on joules, right answers and servers' seconds. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void isAsCheapAsTheBestThatKeepsTheAccuracy(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1000);
    Weights weights =
        new Weights(random.nextDouble(), 0.1 * random.nextDouble(), 3 * random.nextDouble());
    Observation free = ExitProblems.of(seed, 2 + (int) (seed % 2), 60);
    Observation seen = free.with(free.demand().weighing(weights));
    JointExits planner = new JointExits(Goal.LATENCY, SETTINGS);
    double floor = floor(seen);
    List<Plan> plans = plans(seen);
    for (double rate : RATES) {
      Observation now = RandomProblems.atUplink(seen, new Bandwidth(rate));
      double best = least(plans, now, floor, plan -> Costs.of(plan, now).worth(weights));
      Plan plan = planner.plan(now).at(new Bandwidth(rate)).plan();
      assertThat(accuracy(plan, now)).isGreaterThanOrEqualTo(floor);
      assertThat(Costs.of(plan, now).worth(weights)).isCloseTo(best, within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void answersAsManyRightlyInTimeAsTheBest(long seed) {
    Observation seen = uncertain(ExitProblems.of(seed, 2 + (int) (seed % 2), 60), seed);
    JointExits planner = new JointExits(Goal.ACCURACY, SETTINGS);
    List<Plan> plans = plans(seen);
    for (double rate : RATES) {
      Observation now = RandomProblems.atUplink(seen, new Bandwidth(rate));
      double best = plans.stream().mapToDouble(plan -> rightInTime(plan, now)).max().orElseThrow();
      Plan plan = planner.plan(now).at(new Bandwidth(rate)).plan();
      assertThat(rightInTime(plan, now)).isCloseTo(best, within(1e-9));
    }
  }

  /** One table serves every rate, as if it had been asked at each. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#ten")
  void aTableIsAsGoodAsAskingAgain(long seed) {
    Observation many = uncertain(ExitProblems.of(seed, 3, 60), seed);
    Observation seen = many.with(many.servers().subList(0, 1));
    for (Goal goal : List.of(Goal.LATENCY, Goal.ACCURACY)) {
      PlanTable table = new JointExits(goal, SETTINGS).plan(seen);
      for (double rate = 1e3; rate < 1e11; rate *= 1.7) {
        Observation now = RandomProblems.atUplink(seen, new Bandwidth(rate));
        Plan old = table.at(new Bandwidth(rate)).plan();
        Plan fresh = new JointExits(goal, SETTINGS).plan(now).at(new Bandwidth(rate)).plan();
        if (goal == Goal.LATENCY) {
          double best = CostModel.estimate(fresh, now).seconds();
          assertThat(CostModel.estimate(old, now).seconds()).isCloseTo(best, within(1e-9 * best));
        } else {
          assertThat(rightInTime(old, now)).isCloseTo(rightInTime(fresh, now), within(1e-9));
        }
      }
    }
  }

  /** The accuracy to be kept. */
  private static double floor(Observation seen) {
    ExitAnswers answers = seen.exits().orElseThrow();
    return answers.accuracy(answers.exits().size() - 1) - LOSS - 1e-9;
  }

  /** What the cheapest of the plans costs that keep the accuracy. */
  private static double least(
      List<Plan> plans, Observation now, double floor, ToDoubleFunction<Plan> cost) {
    return plans.stream()
        .filter(plan -> accuracy(plan, now) >= floor)
        .mapToDouble(cost)
        .min()
        .orElseThrow();
  }

  /**
   * Rates that prove to be up to twice as high, or nothing at all; one in five is known exactly.
   */
  private static Observation uncertain(Observation seen, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<ServerState> servers = new ArrayList<>();
    for (ServerState server : seen.servers()) {
      LinkState link = server.link();
      RateError error =
          seed % 5 == 0
              ? RateError.NONE
              : new RateError(
                  random.doubles(4, -0.5, 2).map(r -> Math.max(0, r)).sorted().boxed().toList());
      servers.add(
          new ServerState(
              server.node(), new LinkState(link.up(), link.down(), link.rttSeconds(), error)));
    }
    return seen.with(servers);
  }

  @Test
  void onlyCutsANetworkWithoutExits() {
    Observation plain = HandMade.observation();
    Bandwidth up = plain.server(1).link().up();
    double seconds = new JointExits(Goal.AUTO, SETTINGS).plan(plain).at(up).seconds(up);
    assertThat(seconds).isCloseTo(BruteForce.bestSeconds(plain), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void refusesALossThatIsNone(double loss) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(loss, 1, 1, List.of(Codec.FP32), false))
        .withMessageContaining(String.valueOf(loss));
  }

  private static double accuracy(Plan plan, Observation seen) {
    return Way.of(plan, seen).stream().mapToDouble(way -> way.share() * way.accuracy()).sum();
  }

  /** The mean over all errors that the estimated rate may have. */
  private static double rightInTime(Plan plan, Observation seen) {
    if (plan.isLocal()) {
      return rightInTimeIfTrue(plan, seen);
    }
    int node = plan.stages().get(plan.stages().size() - 1).node();
    LinkState link = seen.server(node).link();
    return link.upError().ratios().stream()
        .map(ratio -> new Bandwidth(ratio * link.up().bitsPerSecond()))
        .mapToDouble(rate -> rightInTimeIfTrue(plan, RandomProblems.atUplink(seen, rate)))
        .average()
        .orElseThrow();
  }

  private static double rightInTimeIfTrue(Plan plan, Observation seen) {
    double deadline = seen.demand().deadlineSeconds() * (1 + 1e-12);
    return Way.of(plan, seen).stream()
        .filter(way -> CostModel.price(way.itinerary(), plan, seen).seconds() <= deadline)
        .mapToDouble(way -> way.share() * way.accuracy())
        .sum();
  }

  private static List<Plan> plans(Observation seen) {
    List<Plan> plans = new ArrayList<>();
    List<LayerSet> nears = BruteForce.downClosed(seen.graph());
    for (ExitRule rule : rules(seen.exits().orElseThrow())) {
      plans.add(Plan.local(seen.graph(), rule));
      for (int node = 1; node <= seen.servers().size(); node++) {
        for (LayerSet near : nears) {
          for (Codec codec : SETTINGS.codecs()) {
            split(seen, rule, near, node).map(plan -> plan.with(codec)).ifPresent(plans::add);
          }
        }
      }
    }
    return plans;
  }

  /** Empty if the device would run what lies behind an exit that the server makes. */
  private static Optional<Plan> split(Observation seen, ExitRule rule, LayerSet near, int node) {
    try {
      return Optional.of(Plan.split(seen.graph(), rule, near, node));
    } catch (IllegalArgumentException impossible) {
      return Optional.empty();
    }
  }

  private static List<ExitRule> rules(ExitAnswers answers) {
    List<ExitRule> rules = new ArrayList<>();
    for (int last = 0; last < answers.exits().size(); last++) {
      rules(answers, List.of(), List.of(), last, rules);
    }
    return rules;
  }

  private static void rules(
      ExitAnswers answers,
      List<Integer> early,
      List<Double> thresholds,
      int last,
      List<ExitRule> rules) {
    List<Integer> exits = new ArrayList<>(early);
    exits.add(last);
    rules.add(new ExitRule(ExitSignal.ENTROPY, ExitProblems.CLASSES, exits, thresholds));
    int next = early.isEmpty() ? 0 : early.get(early.size() - 1) + 1;
    for (int exit = next; exit < last && early.size() < SETTINGS.mostEarly(); exit++) {
      float[] entropies = answers.exits().get(exit).entropy();
      for (double threshold : ChoiceSearch.grid(entropies, STEPS, ExitProblems.CLASSES)) {
        List<Integer> more = new ArrayList<>(early);
        more.add(exit);
        List<Double> also = new ArrayList<>(thresholds);
        also.add(threshold);
        rules(answers, more, also, last, rules);
      }
    }
  }
}
