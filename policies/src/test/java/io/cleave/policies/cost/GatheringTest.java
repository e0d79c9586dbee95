package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seconds that are told at once are those of the pieces followed step by step. */
final class GatheringTest {
  private static final int SERVERS = 4;

  private static Observation seen(SplittableRandom random) {
    DnnGraph graph = Zoo.SMALL_CHAIN.graph();
    LayerTimes times = DeviceClass.RASPBERRY_PI_4B.profile().times(graph);
    List<ServerState> servers = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      servers.add(
          new ServerState(
              new NodeState("server", times, random.nextDouble(0, 0.1)),
              new LinkState(
                  rate(random), rate(random), random.nextDouble(0, 0.02), RateError.NONE)));
    }
    return new Observation(
        graph,
        new NodeState("device", times, random.nextDouble(0, 0.1)),
        DeviceClass.RASPBERRY_PI_4B.energy(),
        servers,
        new Demand(1, 1, 0));
  }

  /** One link in ten is down. */
  private static Bandwidth rate(SplittableRandom random) {
    return Bandwidth.mbps(random.nextInt(10) == 0 ? 0 : random.nextDouble(1, 100));
  }

  private static List<Hop.Branch> branches(SplittableRandom random) {
    List<Hop.Branch> branches = new ArrayList<>();
    int count = random.nextInt(1, SERVERS + 2);
    for (int i = 0; i < count; i++) {
      int node = random.nextInt(3) == 0 ? random.nextInt(SERVERS + 1) : i;
      double crosses = node == 0 ? 0 : random.nextDouble(1, 1e6);
      branches.add(
          new Hop.Branch(node, crosses, random.nextDouble(0, 0.3), crosses * random.nextDouble()));
    }
    return branches;
  }

  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#threeHundred")
  void secondsAreThoseOfTheStepsToTheLastBit(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation seen = seen(random);
    List<Hop.Branch> branches = branches(random);
    for (Codec codec : Codec.values()) {
      for (Handout handout : Handout.values()) {
        for (Airtime airtime : Airtime.values()) {
          Hop.Shared hop = new Hop.Shared(branches, handout);
          assertThat(Gathering.seconds(hop, seen, codec, airtime))
              .isEqualTo(Gathering.of(hop, seen, codec, airtime).seconds());
        }
      }
      Hop.Shared one = new Hop.Shared(branches.subList(0, 1), Handout.ASSIGNED);
      assertThat(Gathering.alone(branches.get(0), seen, codec))
          .isEqualTo(Gathering.of(one, seen, codec, Airtime.SHARED).seconds());
    }
  }
}
