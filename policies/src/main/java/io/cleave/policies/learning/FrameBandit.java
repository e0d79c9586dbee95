package io.cleave.policies.learning;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.memory.Fit;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Planner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Learns on the device, frame by frame, how long the part behind each cut takes, network included,
 * without asking servers or links anything.
 *
 * <p>Source: ANS, Zhang et al., "Autodidactic Neurosurgeon: Collaborative Deep Inference for Mobile
 * Edge Intelligence via Online Learning", WWW 2021: a linear bandit on seven features of the far
 * part; score = seconds before the cut + theta x - alpha sqrt((1 - L) x' inv(A) x), least is taken;
 * L is 0.2, and 0.8 for key frames, which explore less; alpha = (1 + 0.05 sqrt(7 ln((1 + T C^2) /
 * 0.1))) / (1 - 0.8); every ceil(T^(1/4)) frames all local, which teaches nothing, is not allowed;
 * T is 200, and doubles when it is over.
 *
 * <p>Complexity: O(arms x 49) a frame. Assumes: additive layer times on the device.
 *
 * <p>Differs: (1) features are shares of the whole network's and seconds shares of all local, so
 * that C^2 is 7 and theta of the size that alpha supposes; (2) no frame is a key frame; (3) several
 * servers have a bandit each; (4) a network that is no chain is cut in its topological order; (5)
 * what an activation works is counted by the bytes that it moves.
 *
 * <p>Asked at the start of each frame and told what came of it, so it is no planner that a
 * controller could follow. For one device; owned by one thread.
 */
public final class FrameBandit implements Planner {
  private static final int FEATURES = 7;
  private static final double KEY = 0.8;
  private static final double OTHER = 0.2;
  private static final double DELTA = 0.1;
  private static final long FIRST_PHASE = 200; // frames

  private final SplittableRandom random;
  private final Map<Integer, LinUcb> bandits = new HashMap<>(); // by server
  private final Map<Plan, Arm> arms = new HashMap<>();
  private List<Arm> inOrder = List.of();
  private double localSeconds;
  private long frames;
  private long phase = FIRST_PHASE;

  /** A cut and a server, with the features of what is behind the cut. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Arm(Plan plan, int node, double frontSeconds, double[] far) {}

  /**
   * @param seed of what it believes at first
   */
  public FrameBandit(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** For the frame that starts now; of the servers only how many there are matters. */
  @Override
  public PlanTable plan(Observation seen) {
    if (inOrder.isEmpty()) {
      prepare(seen);
    }
    if (frames == phase) {
      frames = 0;
      phase *= 2;
    }
    frames++;
    boolean forced = frames % (long) Math.ceil(Math.pow((double) phase, 0.25)) == 0;
    Plan best = Plan.local(seen.graph());
    double least = forced ? Double.POSITIVE_INFINITY : localSeconds;
    for (Arm arm : inOrder) {
      double score = score(arm);
      if (score < least) {
        best = arm.plan();
        least = score;
      }
    }
    return PlanTable.constant(new PlanTable.Entry(best, Math.max(0, least), 0));
  }

  private double score(Arm arm) {
    LinUcb bandit = bandit(arm.node());
    double[] x = arm.far();
    double alpha =
        (1 + 0.05 * Math.sqrt(FEATURES * Math.log((1.0 + phase * FEATURES) / DELTA))) / (1 - KEY);
    double hoped = bandit.expected(x) - alpha * Math.sqrt(1 - OTHER) * bandit.doubt(x);
    return arm.frontSeconds() + localSeconds * hoped;
  }

  /**
   * A frame under its plan has been answered.
   *
   * @param farSeconds from the end of the device's part to the answer
   */
  public void answered(Plan plan, double farSeconds) {
    Arm arm = arms.get(plan);
    if (arm != null) {
      bandit(arm.node()).learn(arm.far(), farSeconds / localSeconds);
    }
  }

  private LinUcb bandit(int node) {
    return bandits.computeIfAbsent(node, none -> new LinUcb(FEATURES, random.split()));
  }

  private void prepare(Observation seen) {
    DnnGraph graph = seen.graph();
    localSeconds = seen.device().times().run(graph.all());
    double[] whole = behind(graph, 0);
    inOrder = new ArrayList<>();
    for (int node = 1; node <= seen.servers().size(); node++) {
      for (int cut = 1; cut < graph.size(); cut++) {
        Plan plan = Plan.split(graph, LayerSet.range(0, cut), node);
        if (!Fit.fits(plan, seen)) {
          continue;
        }
        double[] features = behind(graph, cut);
        features[FEATURES - 1] = CostModel.entry(plan, seen).uplinkBits() / 8;
        whole[FEATURES - 1] = graph.inputSize().bytes();
        for (int i = 0; i < FEATURES; i++) {
          features[i] = whole[i] == 0 ? 0 : features[i] / whole[i];
        }
        double front = seen.device().times().run(plan.near());
        Arm arm = new Arm(plan, node, front, features);
        inOrder.add(arm);
        arms.put(plan, arm);
      }
    }
  }

  /** Work and count of convolutions, of fully connected layers and of all others. */
  private static double[] behind(DnnGraph graph, int cut) {
    double[] sums = new double[FEATURES];
    for (int layer = cut; layer < graph.size(); layer++) {
      LayerKind kind = graph.layer(layer).kind();
      boolean convolution = kind == LayerKind.CONVOLUTION || kind == LayerKind.DEPTHWISE;
      boolean connected = kind == LayerKind.FULLY_CONNECTED;
      int at = convolution ? 0 : connected ? 2 : 4;
      sums[at] +=
          convolution || connected
              ? graph.layer(layer).work().multiplyAccumulates()
              : graph.layer(layer).work().activationBytes();
      sums[at + 1]++;
    }
    return sums;
  }
}
