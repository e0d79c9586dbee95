package io.cleave.policies.tiling;

import io.cleave.policies.cost.Gathering;
import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;

/** What shared runs take, for one observation. */
final class Pricing {
  private final Observation observation;
  private final Terms terms;

  Pricing(Observation observation, Terms terms) {
    this.observation = observation;
    this.terms = terms;
  }

  /** What each machine is given, does and gives back. */
  List<Hop.Branch> branches(Divisible run, List<Sharing.Share> shares) {
    List<Hop.Branch> branches = new ArrayList<>(shares.size());
    for (Sharing.Share share : shares) {
      branches.add(
          SharedHop.branch(
              run.funnel().footprint(share.piece()), share.node(), observation, terms.codec()));
    }
    return branches;
  }

  /** Until the last of the pieces is back. */
  double seconds(List<Hop.Branch> branches, Handout handout) {
    return seconds(new Hop.Shared(branches, handout));
  }

  /** The same of a run as it is shared. */
  double seconds(Funnel run, Sharing sharing) {
    return seconds(SharedHop.of(run, sharing, observation, terms.codec()));
  }

  private double seconds(Hop.Shared hop) {
    return Gathering.seconds(hop, observation, terms.codec(), terms.airtime());
  }

  /** A run of which each machine is handed its pieces at once. */
  SharedRun shared(Divisible run, List<Sharing.Share> shares) {
    return SharedRun.of(run, shares, seconds(branches(run, shares), Handout.ASSIGNED));
  }

  /** What a machine takes for work by itself, transfers included. */
  double alone(Hop.Branch branch) {
    return Gathering.alone(branch, observation, terms.codec());
  }

  /** Stages of the device and shared ones, one after the other. */
  double seconds(List<Stage> stages) {
    double sum = 0;
    for (Stage stage : stages) {
      if (stage.sharing().isPresent()) {
        sum += seconds(SharedHop.of(stage, observation, terms.codec()));
      } else {
        sum += observation.device().times().run(stage.layers());
      }
    }
    return sum;
  }
}
