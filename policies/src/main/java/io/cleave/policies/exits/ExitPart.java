package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.SubGraph;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The part of a network that leads to one exit, or all of a network without exits, with what
 * crosses at each of its cuts. Cut c lies behind the first c layers; each tensor crosses once.
 */
final class ExitPart {
  private final DnnGraph whole;
  private final Optional<ExitRule> rule;
  private final List<Integer> layers; // of the whole, ascending
  private final double[] open; // [cut] made before and read behind, the input's tensors included
  private final double[] openInput; // [cut] the input's share of that
  private final double[] readInput; // [cut] input tensors that are read before
  private final double[] answersBehind; // [cut] answers that are made behind
  private final double[] answersBefore; // [cut] answers made before and not read behind

  private ExitPart(DnnGraph whole, Optional<ExitRule> rule, SubGraph part) {
    this.whole = whole;
    this.rule = rule;
    this.layers = part.layers();
    int cuts = layers.size() + 1;
    this.open = new double[cuts];
    this.openInput = new double[cuts];
    this.readInput = new double[cuts];
    this.answersBehind = new double[cuts];
    this.answersBefore = new double[cuts];
    for (int tensor = 0; tensor < part.graph().tensors().size(); tensor++) {
      measure(part.graph(), tensor);
    }
  }

  /** One part for each exit, the earliest first; the whole network if it has none. */
  static List<ExitPart> of(DnnGraph graph, Optional<Integer> classes) {
    List<ExitPart> parts = new ArrayList<>();
    if (classes.isEmpty()) {
      List<Integer> all = IntStream.range(0, graph.size()).boxed().toList();
      parts.add(new ExitPart(graph, Optional.empty(), new SubGraph(graph, all)));
    } else {
      for (int exit = 0; exit < graph.outputs().size(); exit++) {
        SubGraph part = SubGraph.leadingTo(graph, graph.outputs().get(exit));
        parts.add(new ExitPart(graph, Optional.of(ExitRule.only(classes.get(), exit)), part));
      }
    }
    return parts;
  }

  private void measure(DnnGraph part, int tensor) {
    double bits = part.tensor(tensor).size().bits();
    int made = part.tensor(tensor).producer();
    int[] readers = part.consumers(tensor);
    int first = readers.length == 0 ? layers.size() : readers[0];
    int last = readers.length == 0 ? -1 : readers[readers.length - 1];
    boolean answer = made > 0 && part.outputs().contains(tensor);
    for (int cut = 1; cut <= layers.size(); cut++) {
      boolean isOpen = made < cut && cut <= last;
      open[cut] += isOpen ? bits : 0;
      openInput[cut] += isOpen && made == 0 ? bits : 0;
      readInput[cut] += made == 0 && first < cut ? bits : 0;
      answersBehind[cut] += answer && made >= cut ? bits : 0;
      answersBefore[cut] += answer && made < cut && cut > last ? bits : 0;
    }
  }

  /** Layers of the whole network that it has, ascending. */
  List<Integer> layers() {
    return layers;
  }

  /** Bits that go up when the layers before a cut run on the device. */
  double upBehind(int cut) {
    return open[cut];
  }

  /** Bits that then come down. */
  double downBehind(int cut) {
    return answersBehind[cut];
  }

  /** Bits that go up when the layers before a cut run on a server. */
  double upBefore(int cut) {
    return readInput[cut];
  }

  /** Bits that then come down for the layers behind; the device has the input. */
  double downBefore(int cut) {
    return open[cut] - openInput[cut];
  }

  /** Bits of answers that then come down at the end. */
  double lateBefore(int cut) {
    return answersBefore[cut];
  }

  /** The plan that takes a route to this exit. */
  Plan plan(Route route, Direction direction) {
    LayerSet all = LayerSet.of(layers.stream().mapToInt(Integer::intValue).toArray());
    LayerSet before =
        LayerSet.of(layers.stream().limit(route.cut()).mapToInt(Integer::intValue).toArray());
    if (route.node() == Stage.DEVICE || direction == Direction.DEVICE_FIRST) {
      LayerSet near = route.node() == Stage.DEVICE ? all : before;
      return rule.map(known -> Plan.split(whole, known, near, route.node()))
          .orElseGet(() -> Plan.split(whole, near, route.node()));
    }
    LayerSet input = LayerSet.of(0);
    List<Stage> stages = new ArrayList<>();
    stages.add(new Stage(Stage.DEVICE, input));
    stages.add(new Stage(route.node(), before.minus(input)));
    if (route.cut() < layers.size()) {
      stages.add(new Stage(Stage.DEVICE, all.minus(before)));
    }
    return new Plan(stages, Codec.FP32, Hedge.NEVER, rule);
  }
}
