package io.cleave.policies.tiling;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.tiling.ShardChain.Link;
import io.cleave.policies.tiling.ShardSchemes.Choice;
import io.cleave.policies.tiling.ShardSchemes.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that cross if a network's weights are divided among equal machines, by what {@link
 * ShardSchemes} counts.
 *
 * @param byOutput sent and received if every layer is divided by what it makes
 * @param best the same with the best schemes
 * @param pairs of layers that are divided together
 */
public record ShardTraffic(double byOutput, double best, long pairs) {
  /**
   * Counts them.
   *
   * @param first layer that counts; those before are shared in another way, or by nobody
   * @param machines at least 2
   */
  public static ShardTraffic of(DnnGraph graph, int first, int machines) {
    List<List<Shard>> chains = new ArrayList<>(List.of(new ArrayList<>()));
    for (Link link : ShardChain.of(graph).links()) {
      List<Shard> open = chains.get(chains.size() - 1);
      if (link.whole().isPresent() && link.layers().next(0) >= first) {
        open.add(link.shard(graph));
      } else if (!open.isEmpty()) {
        chains.add(new ArrayList<>());
      }
    }
    ShardTraffic sum = new ShardTraffic(0, 0, 0);
    for (List<Shard> chain : chains) {
      Choice best = ShardSchemes.best(chain, machines);
      long pairs =
          best.schemes().stream().filter(scheme -> scheme == ShardSchemes.Scheme.FIRST).count();
      double byOutput =
          ShardSchemes.best(chain.stream().map(ShardTraffic::onlyByOutput).toList(), machines)
              .values();
      sum = new ShardTraffic(sum.byOutput + byOutput, sum.best + best.values(), sum.pairs + pairs);
    }
    return sum;
  }

  private static Shard onlyByOutput(Shard shard) {
    return new Shard(shard.inputs(), shard.outputs(), shard.sums(), false, false);
  }
}
