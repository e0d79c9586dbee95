package io.cleave.policies.control;

import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
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
    return renumbered(table, map).orElseThrow();
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
    return renumbered(table, map);
  }

  /**
   * A table in other numbers; empty if one of its nodes has none.
   *
   * @param map [old node] new node, or -1 for none
   */
  static Optional<PlanTable> renumbered(PlanTable table, int[] map) {
    List<PlanTable.Entry> entries = new ArrayList<>();
    boolean same = true;
    for (PlanTable.Entry entry : table.entries()) {
      List<Stage> stages = new ArrayList<>();
      for (Stage stage : entry.plan().stages()) {
        int node = stage.node() < map.length ? map[stage.node()] : -1;
        if (node < 0) {
          return Optional.empty();
        }
        same &= node == stage.node();
        stages.add(node == stage.node() ? stage : new Stage(node, stage.layers()));
      }
      entries.add(
          new PlanTable.Entry(entry.plan().with(stages), entry.fixedSeconds(), entry.uplinkBits()));
    }
    return Optional.of(same ? table : PlanTable.of(entries, table.breakpoints()));
  }
}
