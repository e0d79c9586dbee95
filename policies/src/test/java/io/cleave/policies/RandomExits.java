package io.cleave.policies;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import io.cleave.policies.units.Bandwidth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Seeded networks with exits: a trunk with skips, branches of one or two layers, deadlines. */
public final class RandomExits {
  private static final int CLASSES = 3;
  private static final int IMAGES = 7;

  private RandomExits() {}

  /** A network of 1 to 4 exits and at most some 14 layers, between random machines. */
  public static Observation problem(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DnnGraph graph = new Sketch(random).graph();
    Observation seen = RandomProblems.around(seed, graph);
    double local = seen.device().times().run(graph.all()) + seen.device().queueSeconds();
    double deadline =
        random.nextDouble() < 0.1
            ? Double.POSITIVE_INFINITY
            : Math.max(1e-6, local) * Math.pow(10, random.nextDouble(-2, 0.3));
    return new Observation(
        graph,
        seen.device(),
        seen.power(),
        seen.servers(),
        new Demand(1, deadline, 0),
        Optional.of(answers(random, graph.outputs().size())));
  }

  /** The same with this uplink rate to every server. */
  public static Observation atUplink(Observation seen, Bandwidth up) {
    return seen.with(RandomProblems.atUplink(seen, up).servers());
  }

  /** The same of which nobody knows the exits. */
  public static Observation withoutExits(Observation seen) {
    return new Observation(
        seen.graph(), seen.device(), seen.power(), seen.servers(), seen.demand());
  }

  private static ExitAnswers answers(SplittableRandom random, int exits) {
    List<Answers> answers = new ArrayList<>();
    for (int exit = 0; exit < exits; exit++) {
      boolean[] right = new boolean[IMAGES];
      for (int image = 0; image < IMAGES; image++) {
        right[image] = random.nextInt(exits + 1) <= exit;
      }
      answers.add(new Answers(new float[IMAGES], new float[IMAGES], right));
    }
    return new ExitAnswers(CLASSES, answers);
  }

  /** A network as it grows. */
  private static final class Sketch {
    private final SplittableRandom random;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();

    Sketch(SplittableRandom random) {
      this.random = random;
    }

    DnnGraph graph() {
      int inputs = random.nextDouble() < 0.2 ? 2 : 1;
      layer(List.of(), inputs, false);
      List<Integer> trunk = new ArrayList<>(IntStream.range(0, inputs).boxed().toList());
      Set<Integer> unread = new LinkedHashSet<>(trunk);
      int length = random.nextInt(2, 8);
      for (int i = 0; i < length; i++) {
        boolean last = i == length - 1;
        Set<Integer> reads = new LinkedHashSet<>(last ? unread : Set.of());
        reads.add(trunk.get(trunk.size() - 1));
        if (random.nextDouble() < 0.3) {
          reads.add(trunk.get(random.nextInt(trunk.size())));
        }
        unread.removeAll(reads);
        int made = layer(List.copyOf(reads), 1, last);
        trunk.add(made);
        unread.add(made);
        if (!last && exits.size() < 3 && random.nextDouble() < 0.4) {
          branch(made);
        }
      }
      exits.add(trunk.get(trunk.size() - 1));
      return new DnnGraph("random exits", layers, tensors, exits);
    }

    private void branch(int from) {
      int tensor = random.nextBoolean() ? layer(List.of(from), 1, false) : from;
      exits.add(layer(List.of(tensor), 1, true));
    }

    private int layer(List<Integer> reads, int made, boolean answer) {
      List<Integer> outputs = new ArrayList<>();
      for (int i = 0; i < made; i++) {
        long elements = (long) Math.pow(10, random.nextDouble(0, 6.5));
        outputs.add(tensors.size());
        tensors.add(
            new Tensor(
                "t" + tensors.size(),
                TensorShape.of(answer ? CLASSES : elements),
                ElementType.FLOAT32,
                layers.size()));
      }
      layers.add(HandMade.layer(layers.size(), reads, outputs));
      return outputs.get(0);
    }
  }
}
