package io.cleave.testbed.pruning;

import io.cleave.policies.answers.LabelledImages;
import io.cleave.policies.learning.ExitTraining;
import io.cleave.policies.learning.FilterChoice;
import io.cleave.policies.learning.FilterCriterion;
import io.cleave.policies.learning.GroupLasso;
import io.cleave.policies.learning.Handicap;
import io.cleave.policies.onnx.FilterGroup;
import io.cleave.policies.onnx.TrainedNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Takes filters from a trained network, a round at a time: rank them, remove those that are worth
 * least, train what is left.
 *
 * <p>Source: Molchanov et al., ICLR 2017 (rounds, Taylor ranking); Mao et al., "MeDNN", ICCAD 2017
 * (structured sparsity for deployment; abstract read, a group lasso as remembered); Shi et al.,
 * "Improving device-edge cooperative inference of deep learning via 2-step pruning", arXiv
 * 1903.03472 (abstract page read): all filters first, then those before a cut alone.
 *
 * <p>Complexity: an epoch of training a round, and a pass over the ranking images.
 *
 * <p>Differs: (1) filters of all convolutions are ranked together after normalisation, and each
 * convolution keeps a tenth; (2) the lasso draws filters while the network learns between rounds,
 * so the first round goes by the weights as they were trained; (3) what remains begins with the
 * weights it had.
 */
public final class IterativePruning {
  private final PruningRecipe recipe;
  private final ExitTraining.Images images;

  /**
   * A round.
   *
   * @param number from 1
   * @param pruned before training
   * @param tuned after it
   */
  public record Round(int number, TrainedNetwork pruned, TrainedNetwork tuned) {}

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * After each batch.
     *
     * @param round that is trained, from 1
     * @param done of it, 0 to 1
     * @param loss of the batch
     */
    void at(int round, double done, double loss);
  }

  /**
   * Whom to take filters, and how.
   *
   * @param images to learn and rank by, and those that say which weights are best
   */
  public IterativePruning(PruningRecipe recipe, ExitTraining.Images images) {
    this.recipe = recipe;
    this.images = images;
  }

  /**
   * Takes filters wherever they can go: MeDNN's pruning, and the first step of two-step pruning.
   *
   * @throws IllegalArgumentException if no filters can go
   */
  public List<Round> everywhere(TrainedNetwork network, Progress progress) {
    List<FilterGroup> groups = network.filters().all();
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "No filters of %s can be pruned: %s"
              .formatted(network.name(), network.filters().obstacles()));
    }
    return run(network, groups.stream().map(FilterGroup::layer).toList(), progress);
  }

  /**
   * Takes filters only of the convolution that makes what crosses behind a layer, the second step
   * of two-step pruning.
   *
   * @param tensor that crosses
   * @throws IllegalArgumentException if no filters that can go make it
   */
  public List<Round> before(String tensor, TrainedNetwork network, Progress progress) {
    return run(network, List.of(network.filters().before(tensor).layer()), progress);
  }

  private List<Round> run(TrainedNetwork whole, List<String> layers, Progress progress) {
    Map<String, Integer> least = new LinkedHashMap<>();
    int filters = 0;
    for (String layer : layers) {
      int own = whole.filters().of(layer).filters();
      least.put(layer, (int) Math.ceil(PruningRecipe.KEPT * own));
      filters += own;
    }
    List<Round> rounds = new ArrayList<>();
    TrainedNetwork network = whole;
    int gone = 0;
    for (int round = 1; round <= recipe.rounds(); round++) {
      int wanted = (int) Math.round(recipe.share() * filters * round / recipe.rounds());
      TrainedNetwork pruned = pruned(network, least, wanted - gone);
      gone = wanted;
      network = tuned(pruned, layers, round, progress);
      rounds.add(new Round(round, pruned, network));
    }
    return rounds;
  }

  private TrainedNetwork pruned(TrainedNetwork network, Map<String, Integer> least, int count) {
    LabelledImages seen = images.training();
    Map<String, double[]> scores =
        recipe
            .criterion()
            .scores(
                network,
                new FilterCriterion.Shown(
                    seen.range(0, Math.min(seen.count(), recipe.ranking())),
                    recipe.tuning().exitWeights()));
    Map<String, FilterChoice.Candidates> candidates = new LinkedHashMap<>();
    least.forEach(
        (layer, stay) ->
            candidates.put(
                layer,
                new FilterChoice.Candidates(Objects.requireNonNull(scores.get(layer)), stay)));
    return network.without(FilterChoice.worthLeast(candidates, count));
  }

  private TrainedNetwork tuned(
      TrainedNetwork network, List<String> layers, int round, Progress progress) {
    List<FilterGroup> drawn = layers.stream().map(network.filters()::of).toList();
    GroupLasso lasso =
        round < recipe.rounds() ? new GroupLasso(recipe.lasso(), drawn) : GroupLasso.none();
    try (ExitTraining training =
        ExitTraining.from(
            network.weights(),
            network.architecture(),
            recipe.tuning(),
            images,
            Handicap.of(lasso),
            (part, done, loss) -> progress.at(round, done, loss))) {
      return network.with(training.run());
    }
  }
}
