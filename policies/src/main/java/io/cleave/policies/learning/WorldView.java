package io.cleave.policies.learning;

import io.cleave.policies.partition.ExactTables;
import io.cleave.policies.partition.HedgedTable;
import io.cleave.policies.partition.Prospect;
import io.cleave.policies.partition.Prospects;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.PlanTable;
import io.cleave.policies.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways that are best at some rate, as {@link LearnedTable} chooses from: by what the controller
 * saw when it decided, and how fast each link is when the frame starts. Owned by one thread.
 */
public final class WorldView implements Sight {
  private final ExactTables tables = new ExactTables();
  private final List<Prospects> towards = new ArrayList<>(); // [server]
  private final List<float[]> links = new ArrayList<>(); // [server]
  private final List<Situation> situations = new ArrayList<>(); // [server]
  private final List<Prospect> ways = new ArrayList<>();
  private final List<Integer> nodes = new ArrayList<>(); // [way]
  private Optional<Observation> fresh = Optional.empty(); // seen, but not yet looked at
  private boolean any;
  private double aloneSeconds;

  @Override
  public void see(Observation seen) {
    fresh = Optional.of(seen);
    any = true;
  }

  private void look(Observation seen) {
    fresh = Optional.empty();
    towards.clear();
    links.clear();
    situations.clear();
    for (int node = 1; node <= seen.servers().size(); node++) {
      Prospects prospects =
          new Prospects(
              seen, node, HedgedTable.Settings.STANDARD, Prospects.Delays.BEST_OR_LATE, tables);
      Situation situation = Features.situation(seen, node, prospects.local());
      towards.add(prospects);
      situations.add(situation);
      links.add(Features.of(situation));
      aloneSeconds = situation.aloneSeconds();
    }
  }

  @Override
  public boolean any() {
    return any;
  }

  @Override
  public Moment moment(double[] secondsPerBit) {
    fresh.ifPresent(this::look);
    ways.clear();
    nodes.clear();
    ways.add(towards.get(0).local());
    nodes.add(Stage.DEVICE);
    List<float[]> rows = new ArrayList<>();
    rows.add(new float[Moment.WIDTH]); // nobody is asked about the local way
    for (int i = 0; i < secondsPerBit.length; i++) {
      double x = secondsPerBit[i];
      if (towards.get(i).hopeful(x)) {
        List<Prospect> prospects = towards.get(i).at(x);
        double least = Features.leastCost(prospects);
        for (Prospect prospect : prospects.subList(1, prospects.size())) {
          if (!Guard.allows(prospect, prospects.get(0))) {
            continue;
          }
          float[] row = java.util.Arrays.copyOf(links.get(i), Moment.WIDTH);
          WayFeature.Way way = new WayFeature.Way(situations.get(i), prospect, x, least);
          Features.fill(way, row, Features.OF_LINK);
          rows.add(row);
          ways.add(prospect);
          nodes.add(i + 1);
        }
      }
    }
    float[] features = new float[rows.size() * Moment.WIDTH];
    double[] expected = new double[rows.size()];
    for (int i = 0; i < expected.length; i++) {
      System.arraycopy(rows.get(i), 0, features, i * Moment.WIDTH, Moment.WIDTH);
      expected[i] = ways.get(i).cost() / aloneSeconds;
    }
    return new Moment(features, expected);
  }

  @Override
  public PlanTable.Entry entry(int way) {
    return ways.get(way).price().entry(ways.get(way).delay());
  }

  @Override
  public int node(int way) {
    return nodes.get(way);
  }

  @Override
  public double aloneSeconds() {
    return aloneSeconds;
  }
}
