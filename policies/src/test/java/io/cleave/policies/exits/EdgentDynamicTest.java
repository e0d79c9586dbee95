package io.cleave.policies.exits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cleave.policies.HandMade;
import io.cleave.policies.RandomExits;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.units.Bandwidth;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EdgentDynamicTest {
  private static final BandwidthStates STATES = BandwidthStates.standard();

  /** On a link that stands at a state's rate, the plan is the one of greatest reward there. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void takesTheGreatestRewardOfTheState(long seed) {
    Observation problem = RandomExits.problem(seed);
    double rate = STATES.bitsPerSecond().get((int) (seed % 23));
    Observation seen = RandomExits.atUplink(problem, new Bandwidth(rate));
    EdgentDynamic planner = planner(Direction.DEVICE_FIRST);
    Plan plan = decide(planner, seen);
    for (int i = 0; i < 20; i++) { // the prior's mean counts for ever less
      plan = decide(planner, seen);
    }
    Routes routes = Routes.of(seen, Direction.DEVICE_FIRST);
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int node = 1; node <= seen.servers().size(); node++) {
      for (var exit : routes.priced(seen, node)) {
        for (Route.Priced route : exit) {
          Plan each = routes.plan(route.route());
          best = Math.max(best, reward(each, seen));
          least = Math.min(least, CostModel.estimate(each, seen).seconds());
        }
      }
    }
    assertThat(reward(plan, seen)).as("seed %d", seed).isCloseTo(best, within(1e-9 * best));
    if (best == 0) {
      assertThat(CostModel.estimate(plan, seen).seconds()).isCloseTo(least, within(1e-9 * least));
    }
  }

  private static double reward(Plan plan, Observation seen) {
    double seconds = CostModel.estimate(plan, seen).seconds();
    int exit = plan.exits().orElseThrow().exits().get(0);
    return seconds <= seen.demand().deadlineSeconds()
        ? Math.exp(seen.exits().orElseThrow().accuracy(exit)) + 1 / seconds
        : 0;
  }

  /**
   * HandMade's best plan: all remote at 8 kbit/s and more, local at 300 bit/s (3 s for 1000 bit).
   */
  @Test
  void keepsItsStrategyThroughNoiseAndChangesItWithTheLevel() {
    Random random = new Random(5);
    BandwidthStates states = BandwidthStates.geometric(1e2, 1e6, 27);
    EdgentDynamic planner =
        new EdgentDynamic(new EdgentDynamic.Settings(Direction.DEVICE_FIRST, states, 300));
    Plan remote = decide(planner, HandMade.observation(32e3));
    assertThat(remote.isLocal()).isFalse();
    for (int i = 0; i < 200; i++) {
      double rate = 32e3 * Math.exp(0.2 * random.nextGaussian());
      assertThat(decide(planner, HandMade.observation(rate))).as("sample %d", i).isEqualTo(remote);
    }
    assertThat(decide(planner, HandMade.observation(16e3))).isEqualTo(remote); // one odd sample
    int until = 0;
    while (!decide(planner, HandMade.observation(300)).isLocal()) {
      until++;
      assertThat(until).isLessThan(5);
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void sendsNothingDuringAnOutageAndGoesOnBehindIt(Direction direction) {
    EdgentDynamic planner = planner(direction);
    Plan before = decide(planner, HandMade.observation(1e6));
    assertThat(before.isLocal()).isFalse();
    assertThat(decide(planner, HandMade.observation(0)).isLocal()).isTrue();
    assertThat(decide(planner, HandMade.observation(1e6))).isEqualTo(before);
  }

  /** Devices with links of their own do not disturb each other. */
  @Test
  void keepsItsStateDeviceByDevice() {
    EdgentDynamic together = planner(Direction.DEVICE_FIRST);
    EdgentDynamic alone = planner(Direction.DEVICE_FIRST);
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      double rate = (i < 100 ? 64e3 : 60e3) * Math.exp(0.2 * random.nextGaussian());
      Observation first = HandMade.observation(rate);
      decide(together, named(HandMade.observation(i % 2 == 0 ? 0 : 5e7), "other"));
      assertThat(decide(together, first)).isEqualTo(decide(alone, first));
    }
  }

  @Test
  void looksUpAgainWhenAServerGoes() {
    EdgentDynamic planner = planner(Direction.DEVICE_FIRST);
    Observation two = HandMade.observation(HandMade.chain(1000, 500, 250, 125), 1e6, 2);
    Observation one = two.with(two.servers().subList(1, 2));
    assertThat(decide(planner, two).isLocal()).isFalse();
    assertThat(CostModel.estimate(decide(planner, one), one).seconds()).isPositive();
  }

  private static EdgentDynamic planner(Direction direction) {
    return new EdgentDynamic(new EdgentDynamic.Settings(direction, STATES, 300));
  }

  private static Observation named(Observation o, String name) {
    NodeState device = new NodeState(name, o.device().times(), o.device().queueSeconds());
    return new Observation(o.graph(), device, o.power(), o.servers(), o.demand());
  }

  private static Plan decide(EdgentDynamic planner, Observation seen) {
    return planner.plan(seen).entries().get(0).plan();
  }
}
