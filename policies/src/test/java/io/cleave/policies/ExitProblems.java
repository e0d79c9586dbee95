package io.cleave.policies;

import io.cleave.policies.answers.ExitAnswers;
import io.cleave.policies.answers.ExitAnswers.Answers;
import io.cleave.policies.graph.DnnGraph;
import io.cleave.policies.graph.ElementType;
import io.cleave.policies.graph.Layer;
import io.cleave.policies.graph.LayerKind;
import io.cleave.policies.graph.Tensor;
import io.cleave.policies.graph.TensorShape;
import io.cleave.policies.graph.Work;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.plan.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Seeded networks with exits: a trunk with skips, a branch of one or two layers for each exit; and
 * answers that become better with depth.
 */
public final class ExitProblems {
  public static final int CLASSES = 4;

  private final SplittableRandom random;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();

  private ExitProblems(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** A problem with so many exits, random machines and links around it, and a deadline. */
  public static Observation of(long seed, int exits, int images) {
    ExitProblems problem = new ExitProblems(seed);
    Observation around = RandomProblems.around(seed, problem.graph(exits));
    double whole = around.device().times().between(0, around.graph().size());
    double deadline = Math.max(1e-6, whole * problem.random.nextDouble(0.1, 2));
    return new Observation(
        around.graph(),
        around.device(),
        around.power(),
        around.servers(),
        new Demand(1, deadline, 0),
        Optional.of(answers(seed, exits, images)));
  }

  /** So many exits' answers to so many images. */
  public static ExitAnswers answers(long seed, int exits, int images) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Answers> answers = new ArrayList<>();
    for (int exit = 0; exit < exits; exit++) {
      answers.add(new Answers(new float[images], new float[images], new boolean[images]));
    }
    for (int image = 0; image < images; image++) {
      double hard = random.nextDouble();
      for (int exit = 0; exit < exits; exit++) {
        double doubt = Math.min(1, hard * random.nextDouble(0.5, 1.5) * (exits - exit) / exits);
        answers.get(exit).entropy()[image] = (float) (doubt * Math.log(CLASSES));
        answers.get(exit).confidence()[image] = (float) (1 - doubt * (1 - 1.0 / CLASSES));
        answers.get(exit).right()[image] = random.nextDouble() > doubt * 0.7;
      }
    }
    return new ExitAnswers(CLASSES, answers);
  }

  private DnnGraph graph(int exits) {
    tensors.add(tensor("input", TensorShape.of(1, random.nextInt(1, 4000)), 0));
    layers.add(layer("input", List.of(), 0));
    int trunk = 0;
    for (int exit = 0; exit < exits; exit++) {
      int from = trunk;
      for (int i = random.nextInt(1, 3); i > 0; i--) {
        boolean skips = from != trunk && random.nextBoolean();
        trunk = add(skips ? List.of(from, trunk) : List.of(trunk), random.nextInt(1, 2000));
      }
      int branch = random.nextBoolean() ? add(List.of(trunk), random.nextInt(1, 500)) : trunk;
      outputs.add(add(List.of(branch), CLASSES));
    }
    return new DnnGraph("random exits", layers, tensors, outputs);
  }

  private int add(List<Integer> inputs, int values) {
    int index = layers.size();
    tensors.add(tensor("t" + index, TensorShape.of(1, values), index));
    layers.add(layer("l" + index, inputs, index));
    return index;
  }

  private static Tensor tensor(String name, TensorShape shape, int producer) {
    return new Tensor(name, shape, ElementType.FLOAT32, producer);
  }

  private static Layer layer(String name, List<Integer> inputs, int output) {
    LayerKind kind = inputs.isEmpty() ? LayerKind.INPUT : LayerKind.CONVOLUTION;
    return new Layer(name, "Conv", kind, Work.NONE, inputs, List.of(output));
  }
}
