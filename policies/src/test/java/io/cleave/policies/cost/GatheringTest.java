package io.cleave.policies.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Test;
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

  /** The device and a helper, two rounds; each hands the other a part of what it made. */
  @Test
  void eachBeginsARoundWhenAllIsHandedOver() {
    LayerTimes times = DeviceClass.RASPBERRY_PI_4B.profile().times(Zoo.SMALL_CHAIN.graph());
    LinkState link = new LinkState(Bandwidth.mbps(1), Bandwidth.mbps(2), 0.02, RateError.NONE);
    Observation seen =
        new Observation(
            Zoo.SMALL_CHAIN.graph(),
            new NodeState("device", times, 0),
            DeviceClass.RASPBERRY_PI_4B.energy(),
            List.of(new ServerState(new NodeState("server", times, 0.05), link)),
            new Demand(1, 1, 0));
    Hop.Shared hop =
        new Hop.Shared(
            List.of(new Hop.Branch(0, 0, 0.9, 0), new Hop.Branch(1, 1e5, 0.5, 2e5)),
            Handout.ASSIGNED,
            List.of(),
            List.of(
                new Hop.Round(
                    List.of(0.6, 0.2), List.of(new Hop.Halo(1, 0, 4e4), new Hop.Halo(0, 1, 1e4))),
                new Hop.Round(List.of(0.3, 0.3), List.of())));
    Gathering found = Gathering.of(hop, seen, Codec.FP32, Airtime.SEPARATE);
    // The helper has its part at 0.1 + 0.01, begins at 0.16 and has made its round at 0.36; what it
    // hands the device is there at 0.36 + 0.02 + 0.01. The device hands over at 0.6, there at 0.6 +
    // 0.01 + 0.01 = 0.62; so it is through at 0.9, the helper at 0.92, and its piece back at 0.92 +
    // 0.1 + 0.01.
    assertThat(found.seconds()).isCloseTo(1.03, within(1e-12));
    assertThat(found.last()).isEqualTo(1);
    assertThat(found.lastButSending().seconds() + found.sendingOfLast())
        .isCloseTo(1.03, within(1e-12));
    // With one medium nothing else is on it when the halos are: the same.
    assertThat(Gathering.seconds(hop, seen, Codec.FP32, Airtime.SHARED))
        .isCloseTo(1.03, within(1e-12));
  }

  /** A helper's two neighbours share its uplink: the second waits for the first. */
  @Test
  void whatPeersHandAHelperCrossesItsUplinkOneByOne() {
    LayerTimes times = DeviceClass.RASPBERRY_PI_4B.profile().times(Zoo.SMALL_CHAIN.graph());
    List<ServerState> servers = new ArrayList<>();
    for (double mbps : new double[] {100, 1, 100}) {
      LinkState link = new LinkState(Bandwidth.mbps(mbps), Bandwidth.mbps(100), 0, RateError.NONE);
      servers.add(new ServerState(new NodeState("server", times, 0), link));
    }
    Observation seen =
        new Observation(
            Zoo.SMALL_CHAIN.graph(),
            new NodeState("device", times, 0),
            DeviceClass.RASPBERRY_PI_4B.energy(),
            servers,
            new Demand(1, 1, 0));
    Hop.Shared hop =
        new Hop.Shared(
            List.of(
                new Hop.Branch(1, 0, 0.3, 0),
                new Hop.Branch(2, 0, 0.3, 0),
                new Hop.Branch(3, 0, 0.3, 0)),
            Handout.ASSIGNED,
            List.of(),
            List.of(
                new Hop.Round(
                    List.of(0.1, 0.1, 0.1),
                    List.of(new Hop.Halo(0, 1, 1e5), new Hop.Halo(2, 1, 1e5))),
                new Hop.Round(List.of(0.2, 0.2, 0.2), List.of())));
    // Both set out at 0.1 over 1 Mbit/s: 0.2 and 0.3, then 0.2 of work.
    assertThat(Gathering.seconds(hop, seen, Codec.FP32, Airtime.SEPARATE))
        .isCloseTo(0.5, within(1e-12));
  }
}
