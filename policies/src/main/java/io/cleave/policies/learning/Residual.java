package io.cleave.policies.learning;

import io.cleave.policies.partition.Experience;
import io.cleave.policies.partition.Prospect;
import io.cleave.policies.plan.Influence;
import io.cleave.policies.plan.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Corrects what the cost model expects by what a network has learned. Owned by one thread. */
final class Residual implements Experience {
  private final Perceptron scorer;
  private final float[] row = new float[Features.OF_WAY];
  private Optional<Begun> last = Optional.empty();

  /** What is the same for all rates. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Begun(Situation situation, float[] sums) {
    @SuppressWarnings("ReferenceEquality") // the same observation is looked at for many rates
    boolean is(Observation seen, int node) {
      return situation.seen() == seen && situation.node() == node;
    }
  }

  Residual(Perceptron scorer) {
    this.scorer = scorer;
  }

  @Override
  public double[] seconds(Observation seen, int node, double x, List<Prospect> prospects) {
    Begun begun =
        last.filter(known -> known.is(seen, node))
            .orElseGet(() -> begin(Features.situation(seen, node, prospects.get(0))));
    Situation situation = begun.situation();
    double least = Features.leastCost(prospects);
    double[] seconds = new double[prospects.size()];
    for (int i = 1; i < seconds.length; i++) {
      Prospect prospect = prospects.get(i);
      if (prospect.helped() && prospect.cost() < Double.POSITIVE_INFINITY) {
        Features.fill(new WayFeature.Way(situation, prospect, x, least), row, 0);
        seconds[i] = -situation.aloneSeconds() * scorer.answer(begun.sums(), row);
      }
    }
    return seconds;
  }

  /** What moves the correction of one way among others, what moves it most first. */
  List<Influence> influences(
      Observation seen, int node, double x, List<Prospect> prospects, Prospect way) {
    Situation situation = Features.situation(seen, node, prospects.get(0));
    float[] values = Arrays.copyOf(Features.of(situation), Moment.WIDTH);
    double least = Math.min(way.cost(), Features.leastCost(prospects));
    Features.fill(new WayFeature.Way(situation, way, x, least), values, Features.OF_LINK);
    float[] contributions = scorer.contributions(values);
    List<Influence> influences = new ArrayList<>();
    for (Feature feature : Features.all()) {
      double seconds = -situation.aloneSeconds() * contributions[influences.size()];
      influences.add(new Influence(feature.name(), feature.range().meaning(), seconds));
    }
    influences.sort(Comparator.comparingDouble(each -> -Math.abs(each.seconds())));
    return influences;
  }

  private Begun begin(Situation situation) {
    Begun begun = new Begun(situation, scorer.begun(Features.of(situation)));
    last = Optional.of(begun);
    return begun;
  }
}
