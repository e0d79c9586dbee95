package io.cleave.policies.onnx;

/** Networks with parallel branches: GoogLeNet and Inception-v4. */
final class InceptionNetworks {
  private static final Window ONE = Window.valid(1, 1);
  private static final Window HALVE = Window.valid(3, 2);

  private InceptionNetworks() {}

  /**
   * Szegedy et al., arXiv 1409.4842, torchvision's variant: 3x3 where the paper has 5x5, and no
   * side classifiers.
   */
  static Blueprint googLeNet() {
    Blueprint b = new Blueprint("googlenet", 3, 224, 224);
    String x = b.convRelu(Blueprint.INPUT, 64, Window.padded(7, 2, 3));
    x = b.maxPool(x, HALVE, true);
    x = b.convRelu(b.convRelu(x, 64, ONE), 192, Window.same(3, 3));
    x = b.maxPool(x, HALVE, true);
    x = module(b, x, 64, 96, 128, 16, 32, 32);
    x = module(b, x, 128, 128, 192, 32, 96, 64);
    x = b.maxPool(x, HALVE, true);
    x = module(b, x, 192, 96, 208, 16, 48, 64);
    x = module(b, x, 160, 112, 224, 24, 64, 64);
    x = module(b, x, 128, 128, 256, 24, 64, 64);
    x = module(b, x, 112, 144, 288, 32, 64, 64);
    x = module(b, x, 256, 160, 320, 32, 128, 128);
    x = b.maxPool(x, Window.valid(2, 2), true);
    x = module(b, x, 256, 160, 320, 32, 128, 128);
    x = module(b, x, 384, 192, 384, 48, 128, 128);
    return b.output(b.dense(b.flatten(b.globalAveragePool(x)), 1000));
  }

  /** widths: 1x1, 3x3 reduced, 3x3, 5x5 reduced, 5x5, after the pool. */
  private static String module(Blueprint b, String x, long... widths) {
    return b.concat(
        b.convRelu(x, widths[0], ONE),
        b.convRelu(b.convRelu(x, widths[1], ONE), widths[2], Window.same(3, 3)),
        b.convRelu(b.convRelu(x, widths[3], ONE), widths[4], Window.same(3, 3)),
        b.convRelu(b.maxPool(x, Window.same(3, 3), true), widths[5], ONE));
  }

  /** Szegedy et al., arXiv 1602.07261, figures 3 to 9. */
  static Blueprint inceptionV4() {
    Blueprint b = new Blueprint("inceptionv4", 3, 299, 299);
    String x = stem(b);
    for (int i = 0; i < 4; i++) {
      x = blockA(b, x);
    }
    x =
        b.concat(
            b.convRelu(x, 384, HALVE),
            b.convRelu(b.convRelu(b.convRelu(x, 192, ONE), 224, Window.same(3, 3)), 256, HALVE),
            b.maxPool(x, HALVE, false));
    for (int i = 0; i < 7; i++) {
      x = blockB(b, x);
    }
    String wide = b.convRelu(b.convRelu(x, 256, ONE), 256, Window.same(1, 7));
    x =
        b.concat(
            b.convRelu(b.convRelu(x, 192, ONE), 192, HALVE),
            b.convRelu(b.convRelu(wide, 320, Window.same(7, 1)), 320, HALVE),
            b.maxPool(x, HALVE, false));
    for (int i = 0; i < 3; i++) {
      x = blockC(b, x);
    }
    return b.output(b.dense(b.flatten(b.globalAveragePool(x)), 1000));
  }

  private static String stem(Blueprint b) {
    String x = b.convRelu(Blueprint.INPUT, 32, HALVE);
    x = b.convRelu(x, 32, Window.valid(3, 1));
    x = b.convRelu(x, 64, Window.same(3, 3));
    x = b.concat(b.maxPool(x, HALVE, false), b.convRelu(x, 96, HALVE));
    String narrow = b.convRelu(b.convRelu(x, 64, ONE), 96, Window.valid(3, 1));
    String wide = b.convRelu(b.convRelu(x, 64, ONE), 64, Window.same(1, 7));
    wide = b.convRelu(b.convRelu(wide, 64, Window.same(7, 1)), 96, Window.valid(3, 1));
    x = b.concat(narrow, wide);
    return b.concat(b.convRelu(x, 192, HALVE), b.maxPool(x, HALVE, false));
  }

  private static String blockA(Blueprint b, String x) {
    String twice = b.convRelu(b.convRelu(x, 64, ONE), 96, Window.same(3, 3));
    return b.concat(
        b.convRelu(x, 96, ONE),
        b.convRelu(b.convRelu(x, 64, ONE), 96, Window.same(3, 3)),
        b.convRelu(twice, 96, Window.same(3, 3)),
        b.convRelu(b.averagePool(x, Window.same(3, 3)), 96, ONE));
  }

  private static String blockB(Blueprint b, String x) {
    String middle = b.convRelu(b.convRelu(x, 192, ONE), 224, Window.same(1, 7));
    String wide = b.convRelu(b.convRelu(x, 192, ONE), 192, Window.same(7, 1));
    wide = b.convRelu(b.convRelu(wide, 224, Window.same(1, 7)), 224, Window.same(7, 1));
    return b.concat(
        b.convRelu(x, 384, ONE),
        b.convRelu(middle, 256, Window.same(7, 1)),
        b.convRelu(wide, 256, Window.same(1, 7)),
        b.convRelu(b.averagePool(x, Window.same(3, 3)), 128, ONE));
  }

  private static String blockC(Blueprint b, String x) {
    String middle = b.convRelu(x, 384, ONE);
    String wide = b.convRelu(b.convRelu(x, 384, ONE), 448, Window.same(3, 1));
    wide = b.convRelu(wide, 512, Window.same(1, 3));
    return b.concat(
        b.convRelu(x, 256, ONE),
        b.convRelu(middle, 256, Window.same(1, 3)),
        b.convRelu(middle, 256, Window.same(3, 1)),
        b.convRelu(wide, 256, Window.same(1, 3)),
        b.convRelu(wide, 256, Window.same(3, 1)),
        b.convRelu(b.averagePool(x, Window.same(3, 3)), 256, ONE));
  }
}
