package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.cost.CostLine;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.Hedge;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a set of exits costs with one server, as {@link io.cleave.policies.cost.CostModel} prices
 * it: segment by segment, and the best ways to hand over within each.
 */
final class ExitPrices {
  private final double deviceQueue;
  private final double startSeconds; // of a run on the device
  private final double[] device; // [segment] seconds
  private final double[] server; // [segment] seconds
  private final List<Tensor> answers; // [segment] its exit
  private final double serverQueue;
  private final LinkState link;
  private final List<List<CostLine<Handover>>> handovers = new ArrayList<>(); // [segment]

  /**
   * In what form which layers stay with the device.
   *
   * @param lost share of the right answers, of frames that are handed over here
   */
  record Handover(LayerSet near, Codec codec, double lost) {}

  ExitPrices(ExitSet set, ExitRule rule, Observation seen, int node, List<Codec> codecs) {
    NodeState far = seen.server(node).node();
    List<LayerSet> segments = set.segments();
    this.link = seen.server(node).link();
    this.deviceQueue = seen.device().queueSeconds();
    this.startSeconds = seen.device().times().startSeconds();
    this.serverQueue = far.queueSeconds();
    this.device = segments.stream().mapToDouble(seen.device().times()::run).toArray();
    this.server = segments.stream().mapToDouble(far.times()::run).toArray();
    DnnGraph graph = seen.graph();
    this.answers =
        rule.exits().stream().map(exit -> graph.tensor(graph.outputs().get(exit))).toList();
    for (int segment = 0; segment < segments.size(); segment++) {
      List<CostLine<Handover>> best = new ArrayList<>();
      for (Codec codec : codecs) { // apart, since the answer is in that form, too
        best.addAll(undominated(lines(set.cuts(segment), codec, seen, far)));
      }
      handovers.add(best);
    }
  }

  private static List<CostLine<Handover>> lines(
      List<ExitSet.Cut> cuts, Codec codec, Observation seen, NodeState far) {
    List<CostLine<Handover>> lines = new ArrayList<>();
    for (ExitSet.Cut cut : cuts) {
      double here = seen.device().times().run(cut.near());
      double work = here + far.times().run(cut.far());
      double bits = cut.bits(codec);
      Handover handover = new Handover(cut.near(), codec, cut.lost(codec));
      lines.add(new CostLine<>(work + cut.seconds(codec), bits, handover));
    }
    return lines;
  }

  /**
   * Cuts than which no other has fewer bits, less work and no more lost answers. Not only those
   * that are fastest at some rate: where the rate is uncertain, one in between may be in time most
   * often.
   */
  private static List<CostLine<Handover>> undominated(List<CostLine<Handover>> lines) {
    lines.sort(
        Comparator.<CostLine<Handover>>comparingDouble(CostLine::bits)
            .thenComparingDouble(CostLine::fixed));
    List<CostLine<Handover>> kept = new ArrayList<>();
    for (CostLine<Handover> line : lines) {
      if (kept.stream().noneMatch(better -> noWorse(better, line))) {
        kept.add(line);
      }
    }
    return kept;
  }

  private static boolean noWorse(CostLine<Handover> one, CostLine<Handover> other) {
    return one.fixed() <= other.fixed() && one.what().lost() <= other.what().lost();
  }

  /** The best ways to hand over within a segment, each in some form and at some rate. */
  List<CostLine<Handover>> handovers(int segment) {
    return handovers.get(segment);
  }

  int segments() {
    return device.length;
  }

  /** Mean seconds of a choice if the device does it all. */
  double localSeconds(Choice choice) {
    double seconds = deviceQueue;
    for (int place = 0; place < device.length; place++) {
      seconds += choice.reaching(place) * device[place];
    }
    return seconds;
  }

  /** Mean seconds of a choice that is handed over within a segment, as a line. */
  <T> CostLine<T> mean(Choice choice, int segment, CostLine<Handover> way, T what) {
    double fixed = deviceQueue;
    for (int place = 0; place < device.length; place++) {
      double reaching = choice.reaching(place);
      double share = choice.outcomes().get(place).share();
      if (place < segment) {
        fixed += reaching * device[place];
      } else if (place == segment) {
        fixed += reaching * (way.fixed() + serverQueue + link.rttSeconds() / 2);
        fixed += down(share, place, way);
      } else {
        fixed += reaching * server[place] + down(share, place, way);
      }
    }
    return new CostLine<>(fixed, choice.reaching(segment) * way.bits(), what);
  }

  /**
   * So that a frame whose answer does not come is answered in time all the same, if the device can
   * do that; otherwise from the deadline on.
   *
   * @param hereSeconds that the device needs within the segment before it hands over
   */
  Hedge inTime(int segment, double hereSeconds, double deadline) {
    if (!(deadline < Double.POSITIVE_INFINITY)) {
      return Hedge.NEVER;
    }
    double near = (segment == 0 ? deviceQueue : deviceSeconds(segment - 1)) + hereSeconds;
    double alone = deviceSeconds(device.length - 1) + startSeconds; // one run is cut in two
    double latest = deadline - near;
    return new Hedge(Math.max(0, alone <= deadline ? deadline - alone : latest));
  }

  /** Seconds until a frame leaves at an exit that the device makes. */
  double deviceSeconds(int place) {
    double seconds = deviceQueue;
    for (int i = 0; i <= place; i++) {
      seconds += device[i];
    }
    return seconds;
  }

  /**
   * Seconds until a frame that was handed over within a segment is answered by an exit at the end
   * of that segment or of a later one, without its uplink bits.
   */
  double serverSeconds(int segment, CostLine<Handover> way, int place) {
    double seconds = segment == 0 ? deviceQueue : deviceSeconds(segment - 1);
    seconds += way.fixed() + serverQueue + link.rttSeconds() / 2;
    for (int i = segment + 1; i <= place; i++) {
      seconds += server[i];
    }
    return seconds + down(place, way);
  }

  /** What the ways back of a share of all frames add to the mean; nothing if there are none. */
  private double down(double share, int place, CostLine<Handover> way) {
    return share == 0 ? 0 : share * down(place, way);
  }

  private double down(int place, CostLine<Handover> way) {
    Codec codec = way.what().codec();
    double bits = codec.bits(answers.get(place));
    return codec.seconds(answers.get(place))
        + bits / link.down().bitsPerSecond()
        + link.rttSeconds() / 2;
  }
}
