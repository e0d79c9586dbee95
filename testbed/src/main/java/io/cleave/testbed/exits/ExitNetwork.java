package io.cleave.testbed.exits;

import io.cleave.policies.learning.ExitRecipe;
import io.cleave.policies.onnx.Architecture;
import io.cleave.policies.onnx.Zoo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The networks with exits that are trained here, each with the recipe that trains it. */
public enum ExitNetwork {
  /** LeNet with a branch, as BranchyNet has it. */
  LENET(Zoo.LENET_EXITS, 4, 10, 1),
  /** AlexNet with five exits, as Edgent has it. */
  ALEXNET(Zoo.ALEXNET_EXITS, 4, 12, 1),
  /** ResNet-20 with an exit behind every block: nine that count in full would drown the last. */
  RESNET20(Zoo.RESNET20_EXITS, 4, 24, 0.1);

  private static final double LEARNING_RATE = 0.05;
  private static final double WEIGHT_DECAY = 5e-4;
  private static final int BATCH = 128;
  private static final int PATIENCE = 6;

  private final Zoo zoo;
  private final int trunkEpochs;
  private final int epochs;
  private final double earlyWeight;

  /**
   * @param earlyWeight of the loss of each exit but the last, whose weight is 1
   */
  ExitNetwork(Zoo zoo, int trunkEpochs, int epochs, double earlyWeight) {
    this.zoo = zoo;
    this.trunkEpochs = trunkEpochs;
    this.epochs = epochs;
    this.earlyWeight = earlyWeight;
  }

  public Architecture architecture() {
    return zoo.architecture();
  }

  /** The full recipe. */
  public ExitRecipe recipe(long seed) {
    return recipe(trunkEpochs, epochs, seed);
  }

  /** One epoch of each part: shows that everything goes together, and teaches next to nothing. */
  public ExitRecipe smoke(long seed) {
    return recipe(1, 1, seed);
  }

  private ExitRecipe recipe(int trunk, int joint, long seed) {
    int early = architecture().outputs().size() - 1;
    List<Double> weights = new ArrayList<>(Collections.nCopies(early, earlyWeight));
    weights.add(1.0);
    return new ExitRecipe(
        trunk, joint, BATCH, LEARNING_RATE, WEIGHT_DECAY, weights, PATIENCE, seed);
  }
}
