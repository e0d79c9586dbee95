package io.cleave.policies.tiling;

import io.cleave.policies.cost.Airtime;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.NodeState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.profile.DeviceClass;
import io.cleave.policies.profile.LayerTimes;
import io.cleave.policies.units.Bandwidth;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Prints the table of docs/methods/fine-grained.md: how much faster a Raspberry Pi 4B is with
 * helpers of its own kind, by the cost model.
 */
public final class ShareGains {
  private static final double[] MBPS = {0.5, 10, 50, 100, 500};
  private static final double RTT_SECONDS = 0.002;

  private ShareGains() {}

  /** Takes no arguments. */
  public static void main(String[] none) {
    for (Zoo zoo : List.of(Zoo.VGG16, Zoo.RESNET18, Zoo.NIN, Zoo.TINY_YOLOV2, Zoo.ALEXNET)) {
      for (Airtime airtime : Airtime.values()) {
        for (int helpers = 1; helpers <= 3; helpers++) {
          print(zoo, airtime, helpers);
        }
      }
    }
  }

  private static void print(Zoo zoo, Airtime airtime, int helpers) {
    DnnGraph graph = zoo.graph();
    LayerTimes times = DeviceClass.RASPBERRY_PI_4B.profile().times(graph);
    double alone = times.run(graph.all());
    StringBuilder line = new StringBuilder();
    for (double mbps : MBPS) {
      Bandwidth rate = Bandwidth.mbps(mbps);
      ServerState helper =
          new ServerState(
              new NodeState("helper", times, 0),
              new LinkState(rate, rate, RTT_SECONDS, RateError.NONE));
      Observation seen =
          RandomChains.observation(graph, times, Collections.nCopies(helpers, helper));
      Terms terms = new Terms(Codec.FP32, airtime);
      RunEnds.Division best =
          new RunEnds(seen, terms, new Shares(seen, terms), Runs.of(seen.graph())).best();
      line.append(String.format(Locale.ROOT, " | %.2f", alone / best.seconds()));
    }
    System.out.printf(Locale.ROOT, "| %s | %s | %d%s |%n", zoo.id(), airtime, helpers, line);
  }
}
