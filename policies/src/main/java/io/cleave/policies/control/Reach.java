package io.cleave.policies.control;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a device can reach now: an observation of the servers that are heard of, and their numbers
 * at the site, since silent servers are left out and the others move up.
 *
 * @param observation with the servers in reach only
 * @param siteNodes [servers in reach] site number of each; not copied
 */
record Reach(Observation observation, List<Integer> siteNodes) {
  Reach {
    siteNodes = List.copyOf(siteNodes);
  }

  /** The same table in the numbers of the site. */
  PlanTable toSite(PlanTable table) {
    int[] map = new int[siteNodes.size() + 1];
    for (int i = 0; i < siteNodes.size(); i++) {
      map[i + 1] = siteNodes.get(i);
    }
    return table.renumbered(map).orElseThrow();
  }

  /**
   * A table in the site's numbers in those of the observation; empty if it needs another server.
   */
  Optional<PlanTable> fromSite(PlanTable table) {
    int[] map = new int[siteNodes.isEmpty() ? 1 : siteNodes.get(siteNodes.size() - 1) + 1];
    Arrays.fill(map, 1, map.length, -1);
    for (int i = 0; i < siteNodes.size(); i++) {
      map[siteNodes.get(i)] = i + 1;
    }
    return table.renumbered(map);
  }
}
