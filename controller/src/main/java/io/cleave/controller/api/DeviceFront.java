package io.cleave.controller.api;

import io.cleave.controller.api.FrontView.BoundsView;
import io.cleave.controller.api.FrontView.Place;
import io.cleave.controller.api.FrontView.PlanView;
import io.cleave.controller.control.Sentence;
import io.cleave.policies.control.Verdict;
import io.cleave.policies.cost.CostModel;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.front.Candidate;
import io.cleave.policies.front.PlanSpace;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.plan.Stage;
import io.cleave.policies.wire.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a device could have at what was seen for its last decision. Compared are the plan in force
 * and those of {@link PlanSpace} in the forms that changed no answer where they were measured, FP32
 * and FP16, and in that of the plan in force.
 *
 * <p><b>Complexity:</b> {@link PlanSpace}'s, with a bounded number of servers: a site may have
 * hundreds, of which those are left out that answer last when they are sent the input.
 */
final class DeviceFront {
  private static final int MOST_SERVERS = 8;

  private final Decision decision;
  private final Observation seen;
  private final Optional<Plan> inForce;

  private DeviceFront(Verdict.Decided decided, Observation all) {
    decision = decided.decision();
    Plan plan = Sentence.planAt(decided);
    seen = all.with(nearest(all, SeenNumbers.of(plan, decision.servers(), all)));
    inForce = SeenNumbers.of(plan, decision.servers(), seen);
  }

  /** Empty if no server was in reach, since then there was nothing to choose. */
  static Optional<FrontView> of(Verdict.Decided decided) {
    return decided.seen().map(all -> new DeviceFront(decided, all).view(all.servers().size()));
  }

  /** Those of the plan in force, and of the others those that answer first, in the order seen. */
  private static List<ServerState> nearest(Observation all, Optional<Plan> inForce) {
    Set<Integer> nodes = new LinkedHashSet<>();
    inForce.stream()
        .flatMap(plan -> plan.stages().stream())
        .flatMap(stage -> stage.nodes().stream())
        .filter(node -> node != Stage.DEVICE)
        .forEach(nodes::add);
    List<Integer> others =
        IntStream.rangeClosed(1, all.servers().size())
            .boxed()
            .filter(node -> !nodes.contains(node))
            .sorted(Comparator.comparingDouble(node -> alone(all, node)))
            .toList();
    others.stream().limit(Math.max(0, MOST_SERVERS - nodes.size())).forEach(nodes::add);
    return nodes.stream().sorted().map(all::server).toList();
  }

  private static double alone(Observation all, int node) {
    return CostModel.estimate(Plan.split(all.graph(), LayerSet.of(0), node), all).seconds();
  }

  private FrontView view(int servers) {
    List<Candidate> all = new ArrayList<>();
    inForce.ifPresent(plan -> all.add(new Candidate(plan, Costs.of(plan, seen))));
    all.addAll(PlanSpace.of(seen, codecs()));
    return new FrontView(
        decision.version(),
        BoundsView.of(seen.demand().bounds()),
        all.size(),
        seen.servers().stream().map(server -> server.node().name()).toList(),
        servers - seen.servers().size(),
        plans(all));
  }

  private List<Codec> codecs() {
    Set<Codec> codecs = new LinkedHashSet<>(List.of(Codec.FP32, Codec.FP16));
    inForce.map(Plan::codec).ifPresent(codecs::add);
    return List.copyOf(codecs);
  }

  /** The plan in force comes first, so that of several that cost the same it is the one kept. */
  private List<PlanView> plans(List<Candidate> all) {
    List<Candidate> front = Candidate.front(all);
    List<PlanView> plans = new ArrayList<>();
    for (Candidate candidate : front) {
      Place place = isInForce(candidate) ? Place.IN_FORCE : Place.FRONT;
      plans.add(PlanView.of(candidate, place, seen));
    }
    if (inForce.isPresent() && front.stream().noneMatch(this::isInForce)) {
      plans.add(PlanView.of(all.get(0), Place.IN_FORCE_AND_BEATEN, seen));
    }
    return plans;
  }

  private boolean isInForce(Candidate candidate) {
    return Optional.of(candidate.plan()).equals(inForce);
  }
}
