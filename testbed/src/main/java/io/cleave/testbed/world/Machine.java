package io.cleave.testbed.world;

import io.cleave.policies.profile.EnergyModel;
import io.cleave.policies.profile.LayerProfile;

/**
 * A machine in a world.
 *
 * @param name unique in the scenario
 * @param profile its true speed, unloaded
 * @param power what it draws; used for the device only
 */
public record Machine(String name, LayerProfile profile, EnergyModel power) {}
