package io.cleave.policies.learning;

import io.cleave.policies.partition.Prospect;
import io.cleave.policies.plan.Observation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Makes what the cost model says into what the network is told. */
final class Features {
  static final int OF_LINK = LinkFeature.values().length;
  static final int OF_WAY = WayFeature.values().length;
  private static final LinkFeature[] LINK = LinkFeature.values();
  private static final WayFeature[] WAY = WayFeature.values();

  private Features() {}

  /**
   * @param local the way without help
   */
  static Situation situation(Observation seen, int node, Prospect local) {
    return new Situation(seen, node, local.price().nearSeconds());
  }

  /** [feature] of the link. */
  static float[] of(Situation situation) {
    float[] values = new float[OF_LINK];
    for (int i = 0; i < OF_LINK; i++) {
      values[i] = LINK[i].of(situation);
    }
    return values;
  }

  /** Puts a way's features from one place of a row on. */
  static void fill(WayFeature.Way way, float[] row, int from) {
    for (int i = 0; i < OF_WAY; i++) {
      row[from + i] = WAY[i].of(way);
    }
  }

  static double leastCost(List<Prospect> prospects) {
    double least = Double.POSITIVE_INFINITY;
    for (Prospect prospect : prospects) {
      least = Math.min(least, prospect.cost());
    }
    return least;
  }

  /** All, in the order of the network's inputs. */
  static List<Feature> all() {
    return Stream.<Feature>concat(Arrays.stream(LINK), Arrays.stream(WAY)).toList();
  }

  /** Where a feature stands among a way's. */
  static int place(Feature feature) {
    return all().indexOf(feature);
  }

  /** All names, in order: weights fit a schema, or are refused. */
  static List<String> schema() {
    return all().stream().map(Feature::name).toList();
  }
}
