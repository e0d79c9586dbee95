package io.cleave.policies.onnx;

/** Networks of a few thousand parameters, one for each shape a graph can have. */
final class SmallNetworks {
  private static final Window ONE = Window.valid(1, 1);
  private static final Window THREE = Window.same(3, 3);

  private SmallNetworks() {}

  static Blueprint chain() {
    Blueprint b = new Blueprint("small-chain", 3, 16, 16);
    String x = b.maxPool(b.convRelu(Blueprint.INPUT, 8, THREE), Window.valid(2, 2), false);
    x = b.maxPool(b.convRelu(x, 16, THREE), Window.valid(2, 2), false);
    return b.output(b.dense(b.relu(b.dense(b.flatten(x), 32)), 10));
  }

  /** Two blocks, one with a projection around it. */
  static Blueprint residual() {
    Blueprint b = new Blueprint("small-residual", 3, 16, 16);
    String x = b.convRelu(Blueprint.INPUT, 8, THREE);
    x = b.relu(b.add(b.conv(b.convRelu(x, 8, THREE), 8, THREE), x));
    String y = b.conv(b.convRelu(x, 16, Window.padded(3, 2, 1)), 16, THREE);
    x = b.relu(b.add(y, b.conv(x, 16, Window.valid(1, 2))));
    return b.output(b.dense(b.flatten(b.globalAveragePool(x)), 10));
  }

  /** One module with four branches of different depth. */
  static Blueprint inception() {
    Blueprint b = new Blueprint("small-inception", 3, 12, 12);
    String x = b.convRelu(Blueprint.INPUT, 8, THREE);
    x =
        b.concat(
            b.convRelu(x, 4, ONE),
            b.convRelu(b.conv(x, 4, ONE), 6, THREE),
            b.conv(b.maxPool(x, THREE, false), 4, ONE),
            b.averagePool(x, THREE));
    return b.output(b.dense(b.flatten(b.globalAveragePool(x)), 10));
  }

  /** Inverted residuals with depthwise convolutions. */
  static Blueprint depthwise() {
    Blueprint b = new Blueprint("small-depthwise", 3, 16, 16);
    String x = b.relu6(b.conv(Blueprint.INPUT, 8, Window.padded(3, 2, 1)));
    String y = b.relu6(b.depthwise(b.relu6(b.conv(x, 24, ONE)), THREE));
    x = b.add(b.conv(y, 8, ONE), x);
    x = b.conv(b.relu6(b.depthwise(x, Window.padded(3, 2, 1))), 12, ONE);
    return b.output(b.dense(b.flatten(b.globalAveragePool(x)), 10));
  }

  /** Two outputs: an early exit and the final answer. */
  static Blueprint exits() {
    Blueprint b = new Blueprint("small-exits", 1, 16, 16);
    String x = b.maxPool(b.convRelu(Blueprint.INPUT, 8, THREE), Window.valid(2, 2), false);
    String early = b.dense(b.flatten(b.globalAveragePool(x)), 10);
    x = b.convRelu(x, 16, THREE);
    String last = b.dense(b.flatten(b.maxPool(x, Window.valid(2, 2), false)), 10);
    return b.output(early).output(last);
  }
}
