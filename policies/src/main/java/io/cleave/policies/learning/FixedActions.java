package io.cleave.policies.learning;

import io.cleave.policies.cost.CostModel;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.Arrays;
import java.util.Optional;

/**
 * The same few ways for every network: all local, or the server whose link is the fastest takes
 * over when nothing, a quarter, half or three quarters of the device's time is over; no hedge. Of
 * features only those of the link, the fresh estimate and what each way takes if that is exact.
 * Owned by one thread.
 */
public final class FixedActions implements Sight {
  private static final double[] LEVELS = {0, 0.25, 0.5, 0.75};

  /** Local, and one for each level. */
  static final int COUNT = 1 + LEVELS.length;

  /** Length of what is told of the state. */
  static final int STATE = Features.OF_LINK + 2 + LEVELS.length;

  private static final int FRESH = Features.place(WayFeature.FRESH);
  private static final int RATE = Features.place(WayFeature.RATE);
  private static final int CERTAIN = Features.place(WayFeature.CERTAIN);

  private Optional<Observation> seen = Optional.empty();
  private PlanTable.Entry[] entries = {};
  private int node = Stage.DEVICE;
  private double aloneSeconds;

  @Override
  public void see(Observation observation) {
    seen = Optional.of(observation);
    aloneSeconds = observation.device().times().run(observation.graph().all());
  }

  @Override
  public boolean any() {
    return seen.isPresent();
  }

  @Override
  public double aloneSeconds() {
    return aloneSeconds;
  }

  @Override
  public Moment moment(double[] secondsPerBit) {
    int fastest = 0;
    for (int i = 1; i < secondsPerBit.length; i++) {
      fastest = secondsPerBit[i] < secondsPerBit[fastest] ? i : fastest;
    }
    node = fastest + 1;
    double x = secondsPerBit[fastest];
    entries = entries(seen.orElseThrow(), node);
    float[] features = new float[COUNT * Moment.WIDTH];
    double[] expected = new double[COUNT];
    float[] row = row(x);
    for (int way = 0; way < COUNT; way++) {
      double sending = entries[way].uplinkBits() == 0 ? 0 : entries[way].uplinkBits() * x;
      expected[way] = (entries[way].fixedSeconds() + sending) / aloneSeconds;
      row[CERTAIN] = WayFeature.CERTAIN.clipped(expected[way]);
      System.arraycopy(row, 0, features, way * Moment.WIDTH, Moment.WIDTH);
    }
    return new Moment(features, expected);
  }

  /** What all ways have in common. */
  private float[] row(double x) {
    Situation situation = new Situation(seen.orElseThrow(), node, aloneSeconds);
    float[] row = Arrays.copyOf(Features.of(situation), Moment.WIDTH);
    double logRate = -Math.log(Math.min(1e-3, x));
    row[FRESH] = WayFeature.FRESH.clipped(logRate - Situation.log(situation.link().up()));
    row[RATE] = WayFeature.RATE.clipped(logRate / Math.log(10) - 6);
    return row;
  }

  /** The link's features, the fresh estimate, and the seconds of each action but local. */
  static float[] state(Moment moment) {
    float[] state = new float[STATE];
    System.arraycopy(moment.features(), 0, state, 0, Features.OF_LINK);
    state[Features.OF_LINK] = moment.features()[FRESH];
    state[Features.OF_LINK + 1] = moment.features()[RATE];
    for (int way = 1; way < COUNT; way++) {
      state[Features.OF_LINK + 1 + way] = moment.features()[way * Moment.WIDTH + CERTAIN];
    }
    return state;
  }

  private static PlanTable.Entry[] entries(Observation seen, int node) {
    DnnGraph graph = seen.graph();
    double[] begun = new double[graph.size() + 1]; // seconds of the first layers
    for (int layer = 0; layer < graph.size(); layer++) {
      begun[layer + 1] = begun[layer] + seen.device().times().layer(layer);
    }
    PlanTable.Entry[] entries = new PlanTable.Entry[COUNT];
    entries[0] = CostModel.entry(Plan.local(graph), seen);
    for (int level = 0; level < LEVELS.length; level++) {
      int layers = 1; // the input is the device's
      while (layers + 1 < graph.size() && begun[layers] < LEVELS[level] * begun[graph.size()]) {
        layers++;
      }
      Plan plan = Plan.split(graph, LayerSet.range(0, layers), node);
      entries[level + 1] = CostModel.entry(plan, seen);
    }
    return entries;
  }

  @Override
  public PlanTable.Entry entry(int way) {
    return entries[way];
  }

  @Override
  public int node(int way) {
    return way == 0 ? Stage.DEVICE : node;
  }
}
