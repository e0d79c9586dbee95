package io.cleave.policies.memory;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.EightBits;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Rounds;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Precision;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What each machine needs for one frame under a plan, as agents run it.
 *
 * <p>A machine holds the weights of every slice that it runs, each with a copy of its own, so that
 * it is ready at any time: of pieces that are handed out at once its own, of pieces that are stolen
 * all, since it may take any; of a tile that takes from its neighbours also the one that does not;
 * of a piece that is made in rounds those of all rounds, and beside each what it kept of the one
 * before. The device is where all tensors come by: while a leg runs it also holds what was made
 * before and is needed after. Layers that it runs in eight bits are a slice of such weights; their
 * tensors count as floats, which they are at both ends and at layers that have no other form. A
 * plan with a hedge needs what the device would carry on with.
 *
 * <p><b>Complexity:</b> O(stages x (layers + tensors)), and of a shared stage O(pieces x layers).
 * <b>Assumes</b> one frame under way. Buffers in which tensors cross, the device's safe plan and
 * what an engine needs besides are not counted.
 */
public final class PlanNeed {
  private final DnnGraph graph;
  private final Plan plan;
  private final List<List<Stage>> legs;
  private final Need[] needs; // [node]

  private PlanNeed(DnnGraph graph, Plan plan) {
    this.graph = graph;
    this.plan = plan;
    this.legs = plan.legs();
    IntStream nodes = plan.stages().stream().flatMap(s -> s.nodes().stream()).mapToInt(n -> n);
    this.needs = new Need[nodes.max().orElse(Stage.DEVICE) + 1];
    Arrays.fill(needs, Need.NONE);
  }

  /**
   * By node, the device first, up to the highest that takes part.
   *
   * @throws IllegalArgumentException if a stage is shared in a way in which it cannot be
   */
  public static List<Need> of(DnnGraph graph, Plan plan) {
    PlanNeed need = new PlanNeed(graph, plan);
    for (int leg = 0; leg < need.legs.size(); leg++) {
      need.count(leg);
    }
    if (plan.hedge().armed()) {
      need.carryOn();
    }
    return List.of(need.needs);
  }

  private void count(int place) {
    List<Stage> leg = legs.get(place);
    Stage first = leg.get(0);
    LayerSet layers = layers(leg);
    if (first.sharing().isPresent()) {
      share(place, first, first.sharing().get());
    } else if (first.node() == Stage.DEVICE) {
      long tensors = SliceNeed.of(graph, layers).tensorBytes();
      add(Stage.DEVICE, new Need(weights(leg), tensors).beside(passing(place, layers)));
    } else {
      add(first.node(), SliceNeed.of(graph, layers));
      add(Stage.DEVICE, new Need(0, ends(layers) + passing(place, layers)));
    }
  }

  /** In eight bits as the model notes them; where it notes none they are made of floats. */
  private long weights(List<Stage> leg) {
    long bytes = 0;
    for (Stage stage : leg) {
      long floats = SliceNeed.weightBytes(graph, stage.layers());
      bytes +=
          stage.precision() == Precision.INT8
              ? graph.eightBits(stage.layers()).map(EightBits::storageBytes).orElse(floats)
              : floats;
    }
    return bytes;
  }

  private void add(int node, Need more) {
    needs[node] = needs[node].then(more);
  }

  private static LayerSet layers(List<Stage> stages) {
    return stages.stream().map(Stage::layers).reduce(LayerSet.of(), LayerSet::union);
  }

  private void share(int place, Stage stage, Sharing sharing) {
    Funnel funnel = Funnel.of(graph, stage.layers());
    boolean any = sharing.handout() == Handout.STOLEN;
    long handedOn = 0; // from tile to tile, and kept by the device
    Need[] work = new Need[needs.length];
    Arrays.fill(work, Need.NONE);
    Optional<Rounds> rounds = stage.rounds(graph);
    for (int i = 0; i < sharing.shares().size() && rounds.isPresent(); i++) {
      int node = sharing.shares().get(i).node();
      work[node] = work[node].then(inRounds(rounds.get(), i));
    }
    for (Sharing.Share share : rounds.isPresent() ? List.<Sharing.Share>of() : sharing.shares()) {
      Need piece = SliceNeed.of(graph, stage.layers(), funnel.footprint(share.piece()));
      Making making = funnel.making(share.piece());
      Need made = share.piece().board().isPresent() ? SliceNeed.of(graph, making) : piece;
      handedOn += handedOn(making);
      Need ready = making.sources().isEmpty() ? made : made.then(piece);
      for (int node : any ? stage.nodes() : List.of(share.node())) {
        work[node] = work[node].then(ready);
      }
    }
    work[Stage.DEVICE] =
        work[Stage.DEVICE].beside(ends(stage.layers()) + passing(place, stage.layers()) + handedOn);
    for (int node = 0; node < work.length; node++) {
      add(node, work[node]);
    }
  }

  private Need inRounds(Rounds rounds, int share) {
    Need need = Need.NONE;
    for (int round = 0; round < rounds.count(); round++) {
      Need one = SliceNeed.of(graph, rounds.layers(round), rounds.footprint(round, share));
      need = need.then(round == 0 ? one : one.beside(rounds.made(round - 1, share).bytes(graph)));
    }
    return need;
  }

  private long handedOn(Making making) {
    return making.gives().stream().skip(1).mapToLong(patch -> patch.bytes(graph)).sum();
  }

  /** The device's own way on, from when it hands over: its slice, and the answers of others. */
  private void carryOn() {
    LayerSet rest = layers(plan.stages()).minus(plan.near());
    add(Stage.DEVICE, SliceNeed.of(graph, rest));
  }

  /** Of what layers read and do not make, and of what of theirs others need. */
  private long ends(LayerSet layers) {
    long bytes = 0;
    for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
      boolean made = layers.contains(graph.tensor(tensor).producer());
      bytes += !made && isRead(tensor, layers) ? graph.tensor(tensor).size().bytes() : 0;
    }
    for (int tensor : Footprint.outputs(graph, layers)) {
      bytes += graph.tensor(tensor).size().bytes();
    }
    return bytes;
  }

  /** Of what is made before a leg, not read in it, and needed after it. */
  private long passing(int place, LayerSet leg) {
    LayerSet before = layers(flat(legs.subList(0, place)));
    LayerSet after = layers(flat(legs.subList(place + 1, legs.size())));
    long bytes = 0;
    for (int tensor = 0; tensor < graph.tensors().size(); tensor++) {
      if (before.contains(graph.tensor(tensor).producer())
          && !isRead(tensor, leg)
          && (isRead(tensor, after) || graph.outputs().contains(tensor))) {
        bytes += graph.tensor(tensor).size().bytes();
      }
    }
    return bytes;
  }

  private static List<Stage> flat(List<List<Stage>> legs) {
    List<Stage> stages = new ArrayList<>();
    legs.forEach(stages::addAll);
    return stages;
  }

  private boolean isRead(int tensor, LayerSet layers) {
    for (int reader : graph.consumers(tensor)) {
      if (layers.contains(reader)) {
        return true;
      }
    }
    return false;
  }
}
