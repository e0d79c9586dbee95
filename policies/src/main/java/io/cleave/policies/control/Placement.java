package io.cleave.policies.control;

import io.cleave.policies.plan.PlanTable;
import java.util.Optional;

/**
 * Where a device belongs by the site's assignment.
 *
 * @param there the server that helps it, or would first if its link were better, and how; empty if
 *     it is to be alone whatever its link does
 * @param moved true if that is another place than the device was told before
 * @param text why, as people read it
 */
record Placement(Optional<There> there, boolean moved, String text) {
  /**
   * A server and how it helps.
   *
   * @param reach of it alone, with the queue that is to be expected
   * @param table in the numbers of the reach
   */
  record There(Reach reach, PlanTable table) {}
}
