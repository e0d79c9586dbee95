package io.cleave.testbed.world;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitRule;
import io.cleave.policies.answers.ImageOrder;
import java.util.Optional;

/**
 * What frames show: images of the test set in their order, so that a frame shows the same under
 * every planner. Where it leaves and whether the answer is right was recorded.
 */
final class Images {
  private final Optional<ExitAnswers> answers;
  private final long seed;

  Images(Optional<ExitAnswers> answers, long seed) {
    this.answers = answers;
    this.seed = seed;
  }

  /** Fills in what a frame shows, and the way that it takes under a plan. */
  void draw(Frames frames, int slot, CompiledPlan plan) {
    frames.plan[slot] = plan;
    if (answers.isEmpty()) {
      return;
    }
    ExitAnswers known = answers.get();
    int image = ImageOrder.place(seed, frames.number[slot], known.images());
    frames.image[slot] = image;
    frames.exit[slot] = known.exits().size() - 1;
    Optional<ExitRule> rule = plan.plan.exits();
    if (rule.isPresent()) {
      int place = known.exitOf(rule.get(), image);
      frames.plan[slot] = plan.way(place);
      frames.exit[slot] = rule.get().exits().get(place);
    }
  }

  /** What became of a frame's image; empty if the network has no exits. */
  Optional<FrameRecord.Answered> answered(Frames frames, int slot) {
    return answers.map(
        known ->
            new FrameRecord.Answered(
                frames.image[slot],
                frames.exit[slot] + 1,
                known.exits().get(frames.exit[slot]).right()[frames.image[slot]]));
  }
}
