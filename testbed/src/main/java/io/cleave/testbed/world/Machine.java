package io.cleave.testbed.world;

import io.cleave.policies.plan.NodeState;
import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerProfile;

/**
 * A machine in a world.
 *
 * @param name unique in the scenario
 * @param profile its true speed, unloaded
 * @param power what it draws; used for the device only
 * @param memoryBytes that one plan may take there; {@link NodeState#UNLIMITED} if any may
 */
public record Machine(String name, LayerProfile profile, EnergyModel power, long memoryBytes) {
  /** One with memory for any plan. */
  public Machine(String name, LayerProfile profile, EnergyModel power) {
    this(name, profile, power, NodeState.UNLIMITED);
  }
}
