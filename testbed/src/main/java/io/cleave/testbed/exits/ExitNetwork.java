package io.cleave.testbed.exits;

import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.Zoo;
import java.util.Collections;
import java.util.List;

/** The networks with exits that are trained here, each with the recipe that trains it. */
public enum ExitNetwork {
  /** LeNet with a branch, as BranchyNet has it. */
  LENET(Zoo.LENET_EXITS, 4, 10, 0.05, 5e-4),
  /** AlexNet with five exits, as Edgent has it. */
  ALEXNET(Zoo.ALEXNET_EXITS, 4, 12, 0.05, 5e-4),
  /** ResNet-20 with an exit behind every block. */
  RESNET20(Zoo.RESNET20_EXITS, 4, 14, 0.1, 5e-4);

  private static final int BATCH = 128;
  private static final int PATIENCE = 6;

  private final Zoo zoo;
  private final int trunkEpochs;
  private final int epochs;
  private final double learningRate;
  private final double weightDecay;

  ExitNetwork(Zoo zoo, int trunkEpochs, int epochs, double learningRate, double weightDecay) {
    this.zoo = zoo;
    this.trunkEpochs = trunkEpochs;
    this.epochs = epochs;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
  }

  public Architecture architecture() {
    return zoo.architecture();
  }

  /** The full recipe: all exits count the same. */
  public ExitRecipe recipe(long seed) {
    return recipe(trunkEpochs, epochs, seed);
  }

  /** One epoch of each part: shows that everything goes together, and teaches next to nothing. */
  public ExitRecipe smoke(long seed) {
    return recipe(1, 1, seed);
  }

  private ExitRecipe recipe(int trunk, int joint, long seed) {
    List<Double> weights = Collections.nCopies(architecture().outputs().size(), 1.0);
    return new ExitRecipe(trunk, joint, BATCH, learningRate, weightDecay, weights, PATIENCE, seed);
  }
}
