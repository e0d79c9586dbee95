package io.cleave.policies.exits;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;

/**
 * A choice of exits with where it is cut.
 *
 * @param choice exits and thresholds
 * @param near all layers that the device runs
 * @param node where the rest is run; {@link Stage#DEVICE} if there is none
 * @param hedge when the device carries on alone while it waits
 */
record Pick(Choice choice, LayerSet near, Codec codec, int node, Hedge hedge) {
  /** Everything on the device. */
  static Pick local(Choice choice, Observation seen) {
    return new Pick(choice, seen.graph().all(), Codec.FP32, Stage.DEVICE, Hedge.NEVER);
  }

  Plan plan(Observation seen) {
    Plan plan =
        node == Stage.DEVICE
            ? Plan.local(seen.graph(), choice.rule())
            : Plan.split(seen.graph(), choice.rule(), near, node);
    return plan.with(codec).with(hedge);
  }
}
