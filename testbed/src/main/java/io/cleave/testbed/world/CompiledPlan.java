package io.cleave.testbed.world;

import io.cleave.policies.cost.Hop;
import io.cleave.policies.cost.Itinerary;
import io.cleave.policies.cost.SharedHop;
import io.cleave.policies.pieces.Footprint;
import io.cleave.policies.pieces.Funnel;
import io.cleave.policies.pieces.Making;
import io.cleave.policies.pieces.Piece;
import io.cleave.policies.plan.Handout;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Sharing;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An itinerary laid out flat for the event loop; server times are those of an unloaded server. A
 * plan with exits has one for each: which of them a frame follows depends on its image. Each
 * helper's piece of a shared leg has one of its own, of which the rest is what the device would
 * need to make that piece; a piece that may be stolen one for each machine. Of a leg in rounds each
 * piece has one, the device's own, too.
 */
final class CompiledPlan {
  static final int ON_DEVICE = 0;
  static final int ON_SERVER = 1;
  static final int UP = 2;
  static final int DOWN = 3;
  static final int SHARED = 4;

  /** Until others have handed over what the next round needs. */
  static final int AWAIT = 5;

  private static final CompiledPlan[] NO_PIECES = {};
  private static final CompiledPlan[][] NO_CHOICES = {};
  private static final int[][] NO_SOURCES = {};

  final Plan plan;
  final int[] kinds; // [hops]
  final int[] servers; // [hops] place in the scenario, 0 for the first; -1 on the device
  final double[] amounts; // [hops] seconds of work, or bits; of a shared leg the device's own piece
  final double[] codecSeconds; // [hops] before a transfer
  final double[] zerosAfter; // [hops] seconds until missing pieces are zeros; infinite for never
  final CompiledPlan[][] pieces; // [hops] ways of a shared leg's other pieces
  final CompiledPlan[][][] stealable; // [hops][piece][machine] ways, the device's first
  final CompiledPlan[][][] reusing; // the same of what others made; none of a piece that does not
  final int[][][] sources; // [hops][piece] those others
  final List<Optional<CompiledRounds>> rounds; // [hops] of a leg that is shared in rounds
  final double hedgeDelay;
  final double restSeconds;
  final double nearSeconds;
  final double firstSeconds; // of the first stage alone
  private final List<CompiledPlan> ways; // [exits of the plan]

  /** The way of frames that leave nowhere early, and those of the others. */
  CompiledPlan(Plan plan, Observation unloaded) {
    this(plan, Itinerary.of(plan, unloaded), unloaded, early(plan, unloaded));
  }

  private static List<CompiledPlan> early(Plan plan, Observation unloaded) {
    int count = plan.exits().map(rule -> rule.size() - 1).orElse(0);
    return IntStream.range(0, count)
        .mapToObj(exit -> Itinerary.of(plan, unloaded, exit))
        .map(itinerary -> new CompiledPlan(plan, itinerary, unloaded, List.of()))
        .toList();
  }

  private CompiledPlan(
      Plan plan, Itinerary itinerary, Observation unloaded, List<CompiledPlan> ways) {
    this.plan = plan;
    this.ways = ways;
    List<Hop> hops = itinerary.hops();
    kinds = new int[hops.size()];
    servers = new int[hops.size()];
    amounts = new double[hops.size()];
    codecSeconds = new double[hops.size()];
    zerosAfter = never(hops.size());
    pieces = new CompiledPlan[hops.size()][];
    stealable = new CompiledPlan[hops.size()][][];
    reusing = new CompiledPlan[hops.size()][][];
    sources = new int[hops.size()][][];
    List<Optional<CompiledRounds>> exchanges = new ArrayList<>();
    Iterator<Stage> shared =
        plan.stages().stream().filter(stage -> stage.sharing().isPresent()).iterator();
    for (int i = 0; i < kinds.length; i++) {
      pieces[i] = NO_PIECES;
      stealable[i] = NO_CHOICES;
      reusing[i] = NO_CHOICES;
      sources[i] = NO_SOURCES;
      exchanges.add(Optional.empty());
      if (hops.get(i) instanceof Hop.Shared hop) {
        Stage stage = shared.next();
        lay(i, hop, stage, unloaded);
        if (!hop.rounds().isEmpty()) {
          exchanges.set(
              i,
              Optional.of(
                  new CompiledRounds(plan, hop, unloaded.device().times().run(stage.layers()))));
        }
      } else {
        lay(i, hops.get(i));
      }
    }
    rounds = List.copyOf(exchanges);
    hedgeDelay = plan.hedge().delaySeconds();
    restSeconds = itinerary.localRestSeconds();
    nearSeconds = near();
    firstSeconds = plan.stages().get(0).seconds(unloaded.graph(), unloaded.device().times());
  }

  /** What a piece's way goes through: a transfer's codec takes what its bits say. */
  record Leg(int kind, int server, double amount) {}

  /**
   * The way of a piece.
   *
   * @param hereSeconds that the device would take for the same piece
   */
  CompiledPlan(Plan plan, List<Leg> legs, double hereSeconds) {
    this.plan = plan;
    this.ways = List.of();
    kinds = legs.stream().mapToInt(Leg::kind).toArray();
    servers = legs.stream().mapToInt(Leg::server).toArray();
    amounts = legs.stream().mapToDouble(Leg::amount).toArray();
    codecSeconds = new double[kinds.length];
    for (int i = 0; i < kinds.length; i++) {
      boolean crosses = kinds[i] == UP || kinds[i] == DOWN;
      codecSeconds[i] = crosses ? plan.codec().seconds(amounts[i]) : 0;
    }
    zerosAfter = never(kinds.length);
    pieces = new CompiledPlan[kinds.length][0];
    stealable = new CompiledPlan[kinds.length][0][];
    reusing = stealable;
    sources = new int[kinds.length][0][];
    rounds = Collections.nCopies(kinds.length, Optional.empty());
    hedgeDelay = Double.POSITIVE_INFINITY;
    restSeconds = hereSeconds;
    nearSeconds = 0;
    firstSeconds = 0;
  }

  /** The way of a helper's piece: there, its work, and back. */
  private static CompiledPlan there(Plan plan, Hop.Branch branch, double hereSeconds) {
    int server = branch.node() - 1;
    List<Leg> legs =
        List.of(
            new Leg(UP, server, branch.upBits()),
            new Leg(ON_SERVER, server, branch.seconds()),
            new Leg(DOWN, server, branch.downBits()));
    return new CompiledPlan(plan, legs, hereSeconds);
  }

  /** The way of a piece that the device takes for itself. */
  private static CompiledPlan here(Plan plan, double seconds) {
    return new CompiledPlan(plan, List.of(new Leg(ON_DEVICE, -1, seconds)), 0);
  }

  /** The way of frames that leave at one of the plan's exits, by its place among them. */
  CompiledPlan way(int exit) {
    return exit < ways.size() ? ways.get(exit) : this;
  }

  private static double[] never(int hops) {
    double[] seconds = new double[hops];
    Arrays.fill(seconds, Double.POSITIVE_INFINITY);
    return seconds;
  }

  private void lay(int i, Hop hop) {
    if (hop instanceof Hop.Compute compute) {
      kinds[i] = compute.node() == Stage.DEVICE ? ON_DEVICE : ON_SERVER;
      servers[i] = compute.node() - 1;
      amounts[i] = compute.seconds();
    } else if (hop instanceof Hop.Transfer transfer) {
      kinds[i] = transfer.up() ? UP : DOWN;
      servers[i] = transfer.server() - 1;
      amounts[i] = transfer.bits();
      codecSeconds[i] = transfer.codecSeconds();
    }
  }

  private void lay(int i, Hop.Shared hop, Stage stage, Observation unloaded) {
    Sharing sharing = stage.sharing().orElseThrow();
    kinds[i] = SHARED;
    servers[i] = -1;
    zerosAfter[i] = sharing.zerosAfterSeconds();
    if (sharing.handout() == Handout.STOLEN) {
      steal(i, hop, stage, unloaded);
      return;
    }
    if (!hop.rounds().isEmpty()) {
      return; // each piece, the device's own too, has a way among the rounds
    }
    List<CompiledPlan> others = new ArrayList<>();
    for (int k = 0; k < hop.branches().size(); k++) {
      Hop.Branch branch = hop.branches().get(k);
      if (branch.node() == Stage.DEVICE) {
        amounts[i] += branch.seconds();
      } else {
        Piece piece = sharing.shares().get(k).piece();
        Footprint footprint = Footprint.of(unloaded.graph(), stage.layers(), piece);
        others.add(there(plan, branch, footprint.seconds(unloaded.device().times())));
      }
    }
    pieces[i] = others.toArray(CompiledPlan[]::new);
  }

  /** Of a piece that is made of others both ways: as it is, and as if they were not there. */
  private void steal(int i, Hop.Shared hop, Stage stage, Observation unloaded) {
    Funnel funnel = Funnel.of(unloaded.graph(), stage.layers());
    List<Piece> pieces =
        stage.sharing().orElseThrow().shares().stream().map(Sharing.Share::piece).toList();
    stealable[i] = new CompiledPlan[pieces.size()][];
    reusing[i] = new CompiledPlan[pieces.size()][];
    sources[i] = new int[pieces.size()][0];
    for (int k = 0; k < pieces.size(); k++) {
      reusing[i][k] = NO_PIECES;
      stealable[i][k] = machines(funnel.making(pieces.get(k)), stage, unloaded);
    }
    for (Hop.Reuse reuse : hop.reuses()) {
      int k = reuse.piece();
      sources[i][k] = reuse.sources().stream().mapToInt(Integer::intValue).toArray();
      reusing[i][k] = stealable[i][k];
      Making alone = funnel.making(pieces.get(k).as(Piece.Kind.PART));
      stealable[i][k] = machines(alone, stage, unloaded);
    }
  }

  private CompiledPlan[] machines(Making making, Stage stage, Observation unloaded) {
    double here = making.seconds(unloaded.device().times());
    List<CompiledPlan> machines = new ArrayList<>(List.of(here(plan, here)));
    for (int node : stage.nodes()) {
      if (node != Stage.DEVICE) {
        Hop.Branch branch = SharedHop.branch(making, node, unloaded, plan.codec());
        machines.add(there(plan, branch, here));
      }
    }
    return machines.toArray(CompiledPlan[]::new);
  }

  private double near() {
    double seconds = 0;
    for (int i = 0; i < kinds.length && kinds[i] == ON_DEVICE; i++) {
      seconds += amounts[i];
    }
    return seconds;
  }

  /** True if both send the same layers to the same machines in the same form. */
  boolean sameWay(CompiledPlan other) {
    return this == other
        || (plan.codec() == other.plan.codec()
            && plan.stages().equals(other.plan.stages())
            && plan.exits().equals(other.plan.exits()));
  }
}
