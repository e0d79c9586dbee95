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

  /**
   * The same where the least time is known.
   *
   * @param least of the run for the observation's {@link Crew#ranked crew}
   */
  default Optional<SharedRun> of(Divisible run, LeastTime least, double enough) {
    return least(run, least) < enough ? of(run, enough) : Optional.empty();
  }

  /**
   * Seconds that no stage of the rule goes below.
   *
   * @param least of the run for the observation's {@link Crew#ranked crew}
   */
  default double least(Divisible run, LeastTime least) {
    return least.seconds();
  }
}
