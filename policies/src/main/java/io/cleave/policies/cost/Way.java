package io.cleave.policies.cost;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the ways that frames take under a plan: without exits the only one, with exits the one of
 * the frames that leave at a certain exit.
 *
 * <p>Source: the closed form of PORTEND (ICPADS 2023), which weighs each exit's way by the share of
 * frames that leave there. <b>Differs:</b> 1. Shares are counted image by image, since images that
 * are easy for one exit are easy for the next, and not taken from a table of each exit alone. 2.
 * What a server needs for layers behind its first exit is sent with the rest, at once.
 *
 * @param share of the frames
 * @param accuracy of these frames' answers; 0 if there are none, NaN if nobody measured it
 * @param itinerary that they follow
 */
public record Way(double share, double accuracy, Itinerary itinerary) {
  /**
   * All ways that some frames take, the earliest exit first.
   *
   * @throws IllegalArgumentException as {@link Itinerary#of}, or if the plan's exits are not those
   *     of the network, or nothing is known of them
   */
  public static List<Way> of(Plan plan, Observation observation) {
    if (plan.exits().isEmpty()) {
      double accuracy =
          observation
              .exits()
              .map(known -> known.accuracy(known.exits().size() - 1))
              .orElse(Double.NaN);
      return List.of(new Way(1, accuracy, Itinerary.of(plan, observation)));
    }
    ExitRule rule = plan.exits().get();
    List<ExitAnswers.Outcome> outcomes = known(observation).under(rule);
    List<Way> ways = new ArrayList<>();
    for (int place = 0; place < rule.size(); place++) {
      ExitAnswers.Outcome outcome = outcomes.get(place);
      if (outcome.share() > 0) {
        Itinerary itinerary = Itinerary.of(plan, observation, place);
        ways.add(new Way(outcome.share(), outcome.accuracy(), itinerary));
      }
    }
    return ways;
  }

  private static ExitAnswers known(Observation observation) {
    return observation
        .exits()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The plan has exits, but nothing is known of those of %s. Its table of exits is needed."
                        .formatted(observation.graph().name())));
  }
}
