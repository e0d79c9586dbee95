package io.cleave.policies.front;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ExitSignal;
import io.cleave.policies.cost.Costs;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All plans of one device with at most one server's help: where frames leave, where the network is
 * cut, in which form tensors cross, who takes the rest, and whether the device carries on.
 *
 * <p>Cuts are those between two layers in order and those of the exact table ({@link ExactTables});
 * exits are each alone, and all together under a common threshold of normalised entropy from a
 * grid; hedges are none and at once. Plans that the machines have no memory for are left out.
 *
 * <p>Complexity: exits x cuts x codecs x servers x 2 plans, each priced in O(layers + tensors).
 */
public final class PlanSpace {
  private static final int STEPS = 10; // of the common threshold
  private final Observation seen;
  private final List<Codec> codecs;
  private final Set<Plan> plans = new LinkedHashSet<>();

  private PlanSpace(Observation seen, List<Codec> codecs) {
    this.seen = seen;
    this.codecs = List.copyOf(codecs);
  }

  /**
   * Each plan once with its costs, local ones first; empty if the machines have memory for none.
   *
   * @param codecs that may be used
   */
  public static List<Candidate> of(Observation seen, List<Codec> codecs) {
    PlanSpace space = new PlanSpace(seen, codecs);
    seen.exits().ifPresentOrElse(space::withExits, space::whole);
    return space.plans.stream()
        .filter(plan -> Fit.fits(plan, seen))
        .map(plan -> new Candidate(plan, Costs.of(plan, seen)))
        .toList();
  }

  private void whole() {
    DnnGraph graph = seen.graph();
    plans.add(Plan.local(graph));
    for (int node = 1; node <= seen.servers().size(); node++) {
      Set<LayerSet> nears = new LinkedHashSet<>();
      for (int layers = 1; layers < graph.size(); layers++) {
        nears.add(LayerSet.range(0, layers));
      }
      new ExactTables()
          .table(seen, node)
          .entries()
          .forEach(entry -> nears.add(entry.plan().near()));
      nears.remove(graph.all());
      for (LayerSet near : nears) {
        add(Plan.split(graph, near, node));
      }
    }
  }

  private void withExits(ExitAnswers known) {
    List<ExitRule> rules = rules(known);
    rules.forEach(rule -> plans.add(Plan.local(seen.graph(), rule)));
    for (ExitRule rule : rules) {
      for (LayerSet near : nears(rule)) {
        for (int node = 1; node <= seen.servers().size(); node++) {
          add(Plan.split(seen.graph(), rule, near, node));
        }
      }
    }
  }

  private static List<ExitRule> rules(ExitAnswers known) {
    int classes = known.classes();
    int exits = known.exits().size();
    List<ExitRule> rules = new ArrayList<>();
    List<Integer> all = new ArrayList<>();
    for (int exit = 0; exit < exits; exit++) {
      rules.add(ExitRule.only(classes, exit));
      all.add(exit);
    }
    for (int step = 1; step < STEPS && exits > 1; step++) {
      double entropy = Math.log(classes) * step / STEPS;
      rules.add(
          new ExitRule(ExitSignal.ENTROPY, classes, all, Collections.nCopies(exits - 1, entropy)));
    }
    return rules;
  }

  /** Whole segments up to exits, and so many layers of the one behind. */
  private List<LayerSet> nears(ExitRule rule) {
    List<LayerSet> nears = new ArrayList<>();
    LayerSet before = LayerSet.of();
    for (LayerSet segment : Plan.segments(seen.graph(), rule)) {
      for (int layer = segment.next(0); layer >= 0; layer = segment.next(layer + 1)) {
        nears.add(before);
        before = before.union(LayerSet.of(layer));
      }
    }
    return nears.stream().filter(near -> near.contains(0)).toList();
  }

  private void add(Plan plan) {
    for (Codec codec : codecs) {
      for (Hedge hedge : List.of(Hedge.NEVER, Hedge.AT_ONCE)) {
        plans.add(plan.with(codec).with(hedge));
      }
    }
  }

  /** The server that a plan uses; {@link Stage#DEVICE} if none. */
  public static int server(Plan plan) {
    return plan.stages().get(plan.stages().size() - 1).node();
  }
}
