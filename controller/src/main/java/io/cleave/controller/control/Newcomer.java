package io.cleave.controller.control;

import io.cleave.controller.model.Network;
import io.cleave.controller.model.Networks;
import io.cleave.controller.model.UnknownModel;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.Status;
import java.util.Optional;

/**
 * An agent that wants to join, looked up: reading a network can take seconds, which the loop has
 * not.
 *
 * @param birth of the agent
 * @param network that its device role runs
 * @param trouble why it cannot be admitted; empty if it can
 */
record Newcomer(Status birth, Optional<Network> network, String trouble) {
  /** Looks up what it says that it is. */
  static Newcomer meet(Status birth, Networks networks) {
    Capabilities can = birth.capabilities().orElseThrow();
    try {
      DeviceClass.byId(can.deviceClass());
      return new Newcomer(birth, can.device().map(wish -> networks.withExits(wish.model())), "");
    } catch (UnknownModel | IllegalArgumentException unknown) {
      return new Newcomer(birth, Optional.empty(), String.valueOf(unknown.getMessage()));
    }
  }
}
