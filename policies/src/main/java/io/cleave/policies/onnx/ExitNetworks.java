package io.cleave.policies.onnx;

/**
 * Networks that may answer early, for grey images of 28 x 28 in 10 classes. Their outputs are
 * called exit1, exit2 and so on, the last one being the whole network's answer.
 */
final class ExitNetworks {
  private static final long CLASSES = 10;
  private static final Window THREE = Window.same(3, 3);
  private static final Window FIVE = Window.same(5, 5);
  private static final Window HALF = Window.valid(2, 2);

  private ExitNetworks() {}

  /**
   * LeNet with one branch of a convolution and a fully connected layer behind its first
   * convolution, as in Teerapittayanon et al., "BranchyNet", ICPR 2016. Wider than LeNet-5, since
   * clothes are harder than digits.
   */
  static Blueprint lenet() {
    Blueprint b = new Blueprint("lenet-exits", 1, 28, 28);
    String x = b.maxPool(b.convRelu(Blueprint.INPUT, 16, FIVE), HALF, false);
    branch(b, x, 16);
    x = b.maxPool(b.convRelu(x, 64, FIVE), HALF, false);
    x = b.convRelu(x, 96, FIVE);
    x = b.relu(b.dense(b.flatten(b.maxPool(x, HALF, false)), 256));
    b.exit(x, CLASSES);
    return b;
  }

  /**
   * AlexNet with a branch behind each of its first four convolutions and the network's own end: the
   * five exits of Li et al., "Edge Intelligence", MECOMM 2018.
   */
  static Blueprint alexnet() {
    Blueprint b = new Blueprint("alexnet-exits", 1, 28, 28);
    String x = b.maxPool(b.convRelu(Blueprint.INPUT, 32, FIVE), HALF, false);
    branch(b, x, 32);
    x = b.maxPool(b.convRelu(x, 64, FIVE), HALF, false);
    branch(b, x, 64);
    x = b.convRelu(x, 128, THREE);
    branch(b, x, 64);
    x = b.convRelu(x, 128, THREE);
    branch(b, x, 64);
    x = b.maxPool(b.convRelu(x, 96, THREE), HALF, false);
    x = b.relu(b.dense(b.flatten(x), 256));
    b.exit(b.relu(b.dense(x, 128)), CLASSES);
    return b;
  }

  /**
   * ResNet-20 (He et al., CVPR 2016) with an exit behind its first convolution and behind each of
   * its nine blocks, ten in all, as in PORTEND (ICPADS 2023).
   */
  static Blueprint resnet20() {
    Blueprint b = new Blueprint("resnet20-exits", 1, 28, 28);
    String x = b.convRelu(Blueprint.INPUT, 16, THREE);
    pooledExit(b, x, 7);
    for (long channels : new long[] {16, 32, 64}) {
      for (int block = 0; block < 3; block++) {
        boolean narrower = block == 0 && channels > 16;
        x = residual(b, x, channels, narrower ? 2 : 1);
        pooledExit(b, x, channels == 16 ? 7 : channels == 32 ? 4 : 3);
      }
    }
    return b;
  }

  private static String residual(Blueprint b, String x, long channels, long stride) {
    String y = b.convRelu(x, channels, Window.padded(3, stride, 1));
    y = b.conv(y, channels, THREE);
    String past = stride == 1 ? x : b.conv(x, channels, Window.valid(1, stride));
    return b.relu(b.add(y, past));
  }

  /** A convolution, a pool and a fully connected layer. */
  private static void branch(Blueprint b, String x, long channels) {
    b.exit(b.flatten(b.maxPool(b.convRelu(x, channels, THREE), HALF, false)), CLASSES);
  }

  /** Means over squares, so that where something is still counts, and a fully connected layer. */
  private static void pooledExit(Blueprint b, String x, long square) {
    b.exit(b.flatten(b.averagePool(x, Window.valid(square, square))), CLASSES);
  }
}
