package io.cleave.policies.learning;

import io.cleave.policies.RandomProblems;
import io.cleave.policies.exits.JointExits;
import io.cleave.policies.plan.Codec;
import io.cleave.policies.plan.LinkState;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.plan.Planner;
import io.cleave.policies.plan.RateError;
import io.cleave.policies.plan.ServerState;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What tests of learning practise on. */
final class Practice {
  private Practice() {}

  /** Who plans networks with exits. */
  static Planner joint() {
    return new JointExits(
        JointExits.Goal.LATENCY, new JointExits.Settings(0.05, 2, 3, List.of(Codec.FP32), false));
  }

  /** A network with weights drawn at random, the last layer's too. */
  static Perceptron perceptron(long seed, int... sizes) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Perceptron.Dense> layers = new ArrayList<>();
    for (int i = 0; i + 1 < sizes.length; i++) {
      layers.add(
          new Perceptron.Dense(
              sizes[i],
              sizes[i + 1],
              values(sizes[i] * sizes[i + 1], random),
              values(sizes[i + 1], random)));
    }
    return new Perceptron(layers);
  }

  static float[] values(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (0.3 * random.nextGaussian());
    }
    return values;
  }

  /** A random problem whose links have histories and errors of all kinds, outages among them. */
  static Observation observation(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Observation problem = RandomProblems.dag(seed, 12);
    List<ServerState> servers = new ArrayList<>();
    for (ServerState server : problem.servers()) {
      List<Bandwidth> past = new ArrayList<>();
      for (int i = random.nextInt(LinkState.PAST + 1); i > 0; i--) {
        boolean outage = random.nextInt(5) == 0;
        past.add(new Bandwidth(outage ? 0 : Math.pow(10, random.nextDouble(2, 9))));
      }
      RateError error = new RateError(List.of(0.0, random.nextDouble(), 1.0, 3.0));
      LinkState link = server.link();
      servers.add(
          new ServerState(
              server.node(),
              new LinkState(link.up(), link.down(), link.rttSeconds(), error, past)));
    }
    return problem.with(servers);
  }
}
