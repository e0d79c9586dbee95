package io.cleave.testbed.world;

import io.cleave.policies.control.SwitchRule;
import io.cleave.policies.control.Targeting;

/**
 * How the controller of a run decides, planner apart.
 *
 * @param rule when the plan is changed, for the controller and for the look-ups on devices
 * @param targeting how it is chosen which server helps which device
 */
public record Control(SwitchRule rule, Targeting targeting) {
  /** Each device for itself, as its planner says at each report. */
  static Control none() {
    return new Control(SwitchRule.none(), Targeting.EACH);
  }
}
