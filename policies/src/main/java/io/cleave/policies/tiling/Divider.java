package io.cleave.policies.tiling;

import java.util.Optional;

/** A rule by which machines share a run of layers. */
interface Divider {
  /** The stage that shares it by the rule; empty if the rule would rather not. */
  Optional<SharedRun> of(Divisible run);
}
