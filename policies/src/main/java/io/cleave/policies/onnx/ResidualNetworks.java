package io.cleave.policies.onnx;

/** Networks with additions around their blocks: ResNet-18, ResNet-50, MobileNetV2. */
final class ResidualNetworks {
  private ResidualNetworks() {}

  /** He et al., arXiv 1512.03385, torchvision's variant. */
  static Blueprint resNet18() {
    Blueprint b = new Blueprint("resnet18", 3, 224, 224);
    String x = stem(b);
    for (int stage = 0; stage < 4; stage++) {
      for (int i = 0; i < 2; i++) {
        x = basic(b, x, 64L << stage, stage > 0 && i == 0 ? 2 : 1);
      }
    }
    return b.output(classifier(b, x));
  }

  /** He et al., arXiv 1512.03385, torchvision's variant: the stride sits in the 3x3 convolution. */
  static Blueprint resNet50() {
    Blueprint b = new Blueprint("resnet50", 3, 224, 224);
    String x = stem(b);
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < 4; stage++) {
      for (int i = 0; i < blocks[stage]; i++) {
        x = bottleneck(b, x, 64L << stage, stage > 0 && i == 0 ? 2 : 1, i == 0);
      }
    }
    return b.output(classifier(b, x));
  }

  private static String stem(Blueprint b) {
    String x = b.convRelu(Blueprint.INPUT, 64, Window.padded(7, 2, 3));
    return b.maxPool(x, Window.padded(3, 2, 1), false);
  }

  private static String basic(Blueprint b, String x, long channels, long stride) {
    String y = b.convRelu(x, channels, Window.padded(3, stride, 1));
    y = b.conv(y, channels, Window.same(3, 3));
    String around = stride == 1 ? x : b.conv(x, channels, Window.valid(1, stride));
    return b.relu(b.add(y, around));
  }

  private static String bottleneck(
      Blueprint b, String x, long channels, long stride, boolean project) {
    String y = b.convRelu(x, channels, Window.valid(1, 1));
    y = b.convRelu(y, channels, Window.padded(3, stride, 1));
    y = b.conv(y, 4 * channels, Window.valid(1, 1));
    String around = project ? b.conv(x, 4 * channels, Window.valid(1, stride)) : x;
    return b.relu(b.add(y, around));
  }

  private static String classifier(Blueprint b, String x) {
    return b.dense(b.flatten(b.globalAveragePool(x)), 1000);
  }

  /** Sandler et al., arXiv 1801.04381, table 2, width 1. */
  static Blueprint mobileNetV2() {
    Blueprint b = new Blueprint("mobilenetv2", 3, 224, 224);
    String x = b.relu6(b.conv(Blueprint.INPUT, 32, Window.padded(3, 2, 1)));
    long channels = 32;
    int[][] rows = {
      {1, 16, 1, 1},
      {6, 24, 2, 2},
      {6, 32, 3, 2},
      {6, 64, 4, 2},
      {6, 96, 3, 1},
      {6, 160, 3, 2},
      {6, 320, 1, 1}
    };
    for (int[] row : rows) {
      for (int i = 0; i < row[2]; i++) {
        x = inverted(b, x, new long[] {channels, row[1]}, row[0], i == 0 ? row[3] : 1);
        channels = row[1];
      }
    }
    x = b.relu6(b.conv(x, 1280, Window.valid(1, 1)));
    return b.output(classifier(b, x));
  }

  /** channels: before and after. */
  private static String inverted(
      Blueprint b, String x, long[] channels, long expansion, long stride) {
    String y = expansion == 1 ? x : b.relu6(b.conv(x, channels[0] * expansion, Window.valid(1, 1)));
    y = b.relu6(b.depthwise(y, Window.padded(3, stride, 1)));
    y = b.conv(y, channels[1], Window.valid(1, 1));
    return stride == 1 && channels[0] == channels[1] ? b.add(x, y) : y;
  }
}
