package io.cleave.policies.exits;

import io.cleave.policies.answers.ExitAnswers.Outcome;
import io.cleave.policies.answers.ExitRule;
import java.util.List;

/**
 * Exits and thresholds, with what they do to images for calibration.
 *
 * @param rule the exits that are asked, and how sure they must be
 * @param outcomes what leaves at each of them
 */
public record Choice(ExitRule rule, List<Outcome> outcomes) {
  public Choice {
    outcomes = List.copyOf(outcomes);
  }

  /** The share of all images that is answered rightly. */
  public double accuracy() {
    return rightUntil(outcomes.size() - 1);
  }

  /** The share of all images that is answered rightly at an exit or before. */
  double rightUntil(int place) {
    double right = 0;
    for (int i = 0; i <= place; i++) {
      right += outcomes.get(i).share() * outcomes.get(i).accuracy();
    }
    return right;
  }

  /**
   * The share of all images that is answered rightly and in time.
   *
   * @param likely how likely each exit's answer is in time
   */
  double rightInTime(double[] likely) {
    double right = 0;
    for (int i = 0; i < likely.length; i++) {
      right += likely[i] * outcomes.get(i).share() * outcomes.get(i).accuracy();
    }
    return right;
  }

  /** The share of all images that has left at an exit or before. */
  double leftUntil(int place) {
    double left = 0;
    for (int i = 0; i <= place; i++) {
      left += outcomes.get(i).share();
    }
    return left;
  }

  /** The share of all images that an exit is asked about. */
  double reaching(int place) {
    return place == 0 ? 1 : Math.max(0, 1 - leftUntil(place - 1));
  }

  /** True if at every exit as many have left as of another, and in the end as many were right. */
  boolean noLaterAndAsRight(Choice other) {
    for (int place = 0; place < outcomes.size() - 1; place++) {
      if (leftUntil(place) < other.leftUntil(place)) {
        return false;
      }
    }
    return accuracy() >= other.accuracy();
  }

  /** True if as many were right as of another, wherever a deadline cuts them off. */
  boolean noFewerRight(Choice other) {
    for (int place = 0; place < outcomes.size(); place++) {
      if (rightUntil(place) < other.rightUntil(place)) {
        return false;
      }
    }
    return true;
  }
}
