package io.cleave.policies.profile;

import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.Work;

/**
 * Estimates layer times from a machine's effective rates: a layer takes the longer of its
 * arithmetic and its memory traffic, plus a fixed cost; a view takes nothing.
 *
 * <p>Source: the roofline model (Williams, Waterman, Patterson, CACM 2009) with effective instead
 * of peak rates.
 */
public record RatedProfile(Rates rates) implements LayerProfile {
  private static final double FLOPS_PER_MULTIPLY_ACCUMULATE = 2;

  @Override
  public LayerTimes times(DnnGraph graph) {
    double[] seconds = graph.layers().stream().mapToDouble(this::seconds).toArray();
    return LayerTimes.of(seconds, rates.startSeconds());
  }

  private double seconds(Layer layer) {
    Work work = layer.work();
    double flop = FLOPS_PER_MULTIPLY_ACCUMULATE * work.multiplyAccumulates();
    double memory = (work.activationBytes() + work.parameterBytes()) / rates.memoryBytesPerSecond();
    Rates.Flops flops = rates.flops();
    return switch (layer.kind()) {
      case INPUT, VIEW -> 0;
      case CONVOLUTION -> rates.layerSeconds() + Math.max(flop / flops.convolution(), memory);
      case DEPTHWISE -> rates.layerSeconds() + Math.max(flop / flops.depthwise(), memory);
      case FULLY_CONNECTED ->
          rates.layerSeconds() + Math.max(flop / flops.fullyConnected(), memory);
      case POOL, ELEMENTWISE, MOVE, CONTROL_FLOW -> rates.layerSeconds() + memory;
    };
  }
}
