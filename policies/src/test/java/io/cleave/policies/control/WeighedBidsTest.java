package io.cleave.policies.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.cleave.policies.RandomExits;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.front.LeastCost;
import io.cleave.policies.matching.Bid;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Weights;
import io.cleave.policies.wire.Capacity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bids of devices to which right answers are worth something. */
final class WeighedBidsTest {
  private static final Comparator<Bidding.Offer> CHEAPEST =
      Comparator.comparingDouble(offer -> whole(offer.bid()));

  private static double whole(Bid bid) {
    return bid.fixedSeconds() + bid.workSeconds();
  }

  /** Where points are worth days, the cheapest bid loses least of them, or wins most. */
  @ParameterizedTest
  @MethodSource("io.cleave.policies.Seeds#hundred")
  void pointsThatAreWonMakeABidCheaper(long seed) {
    Observation drawn = RandomExits.problem(seed);
    Observation seen = drawn.with(drawn.demand().weighing(new Weights(0, 1e6, 0)));
    Hosts hosts = new Hosts();
    List<Integer> nodes = new ArrayList<>();
    for (ServerState server : seen.servers()) {
      String name = server.node().name();
      hosts.admit(
          new Site.Server(name, graph -> server.node().times(), new Capacity(9, 1_000_000)));
      nodes.add(nodes.size() + 1);
    }
    List<Bidding.Offer> offers =
        new Bidding(new LeastCost(List.of(Codec.FP32))).offers(new Reach(seen, nodes), hosts);
    double least =
        offers.stream()
            .mapToDouble(offer -> Costs.lossPoints(offer.plan(), seen))
            .min()
            .orElseThrow();
    Bidding.Offer cheapest = offers.stream().min(CHEAPEST).orElseThrow();
    assertThat(Costs.lossPoints(cheapest.plan(), seen)).isLessThanOrEqualTo(least + 1e-4);
  }
}
