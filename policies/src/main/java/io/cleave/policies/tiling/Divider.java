package io.cleave.policies.tiling;

import java.util.Optional;

/** A rule by which machines share a run of layers. */
interface Divider {
  /**
   * The stage that shares it by the rule; empty if the rule would rather not.
   *
   * @param enough seconds; a stage that takes as long or longer is of no use, and need not be found
   */
  Optional<SharedRun> of(Divisible run, double enough);
}
